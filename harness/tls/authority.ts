import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { subjectAlternativeName } from './subject-alternative-name.ts';

/** A server's or a client's key and certificate, both PEM. */
export interface IssuedCertificate {
  readonly key: string;
  readonly cert: string;
}

/** A private certificate authority; it is made once for a run and shared by the run's worlds. */
export interface CertificateAuthority {
  /** The authority's own certificate, as clients are given it to trust. */
  readonly caPem: string;
  /**
   * Makes a server certificate.
   * @param hosts host names and IP addresses it is good for; the first is its common name
   * @param terms.expired its time is over
   * @throws Error when there is no host
   */
  issue(hosts: readonly string[], terms?: { readonly expired?: boolean }): Promise<IssuedCertificate>;
  /**
   * Makes a certificate by which a client says who it is to a server.
   * @param name its common name
   */
  issueClient(name: string): Promise<IssuedCertificate>;
  /** What a program needs that signs in its place: its own key and certificate. */
  signer(): Promise<IssuedCertificate>;
  /**
   * Makes what such a program needs to sign in the place of an authority below this one, which clients need not know.
   * @param name the other authority's common name
   */
  issueSigner(name: string): Promise<IssuedCertificate>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const KEYS = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

/**
 * Makes a certificate authority with a P-256 key. Its certificates keep to RFC 5280, section 4.2, as Go, OpenSSL and
 * Node check it, and are good from yesterday for 30 days, by the machine's own time of day.
 * @param name the authority's common name, by which a person finds it in a client's error message
 */
export async function createCertificateAuthority(name: string): Promise<CertificateAuthority> {
  cryptoProvider.set(webcrypto);
  const keys = await newKeys();
  const ca = await X509CertificateGenerator.createSelfSigned({
    name: distinguishedName(name),
    keys,
    ...terms(),
    extensions: await ofAuthority(keys, 1),
  });
  return {
    caPem: pem(ca),
    issue: (hosts, { expired = false } = {}) => issue(ca, keys.privateKey, hosts, expired),
    issueClient: (client) => sign(ca, keys.privateKey, client, (own) => ofEnd(ca, own, ExtendedKeyUsage.clientAuth)),
    signer: async () => ({ key: await pemOfKey(keys), cert: pem(ca) }),
    issueSigner: (other) =>
      sign(ca, keys.privateKey, other, async (own) => [
        ...(await ofAuthority(own, 0)),
        await AuthorityKeyIdentifierExtension.create(ca),
      ]),
  };
}

/** @param below how many authorities there may be between it and a server */
const ofAuthority = async (keys: webcrypto.CryptoKeyPair, below: number) => [
  new BasicConstraintsExtension(true, below, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature, true),
  await SubjectKeyIdentifierExtension.create(keys.publicKey),
];

async function issue(
  ca: X509Certificate,
  signingKey: webcrypto.CryptoKey,
  hosts: readonly string[],
  expired: boolean,
): Promise<IssuedCertificate> {
  const [first] = hosts;
  if (first === undefined) {
    throw new Error('A certificate for no host was asked for; name at least one host name or IP address.');
  }
  const extensions = async (keys: webcrypto.CryptoKeyPair): Promise<Extension[]> => [
    ...(await ofEnd(ca, keys, ExtendedKeyUsage.serverAuth)),
    subjectAlternativeName(hosts),
  ];
  return sign(ca, signingKey, first, extensions, expired);
}

/** Signs a certificate for a new key. @param extensions what it says of that key */
async function sign(
  ca: X509Certificate,
  signingKey: webcrypto.CryptoKey,
  name: string,
  extensions: (keys: webcrypto.CryptoKeyPair) => Promise<Extension[]>,
  expired = false,
): Promise<IssuedCertificate> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    subject: distinguishedName(name),
    issuer: ca.subjectName.toJSON(),
    publicKey: keys.publicKey,
    signingKey,
    ...terms(expired),
    extensions: await extensions(keys),
  });
  return { key: await pemOfKey(keys), cert: pem(certificate) };
}

/** What a certificate has that signs no other. @param usage what its key is good for */
const ofEnd = async (ca: X509Certificate, keys: webcrypto.CryptoKeyPair, usage: ExtendedKeyUsage) => [
  new BasicConstraintsExtension(false, undefined, true),
  new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
  new ExtendedKeyUsageExtension([usage]),
  await SubjectKeyIdentifierExtension.create(keys.publicKey),
  await AuthorityKeyIdentifierExtension.create(ca),
];

const pemOfKey = async ({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> =>
  `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')}\n`;

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);

const pem = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

// RFC 5280 limits a common name to 64 characters; clients look at the alternative names anyway.
const distinguishedName = (name: string) => [{ CN: [name.slice(0, 64)] }, { O: ['Proxyproof'] }];

function terms(expired = false) {
  const now = Date.now() - (expired ? 40 * DAY_MS : 0);
  return {
    serialNumber: serialNumber(),
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + 30 * DAY_MS),
    signingAlgorithm: SIGNATURE,
  };
}

/** Sixteen random bytes, positive and without a leading zero, as RFC 5280, section 4.1.2.2, wants them. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
