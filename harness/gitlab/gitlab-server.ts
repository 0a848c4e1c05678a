import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:tls';
import { Connections, listen, makeServer, type OnMalformed } from '../ledger/index.ts';
import type { CertificateAuthority, IssuedCertificate } from '../tls/index.ts';
import { ClientCertificates } from './client-certificates.ts';
import { handsTlsTo } from './hands-tls-to.ts';
import type { MockGitlabOptions } from './options.ts';
import { OTHER_NAME, type WrongCertificate } from './wrong-certificate.ts';

/** The listener of a mock GitLab; it answers no requests yet. */
export interface GitlabServer extends AsyncDisposable {
  readonly server: Server;
  readonly connections: Connections;
  readonly host: string;
  readonly port: number;
  /** Base URL by name, such as `http://gitlab.test:41237`. */
  readonly url: string;
  /** Host and port of its object storage, by name. */
  readonly storage: string;
  /** Base URL of its object storage. */
  readonly storageUrl: string;
  /** The PEM of the CA that signed its certificate, or its object storage's; only with TLS. */
  readonly caPem?: string;
  /** What certificates clients showed, where it asks for them. */
  readonly clientCertificates?: ClientCertificates;
  /** As `MockGitlab` has it. */
  issueClientCertificate(name: string): Promise<IssuedCertificate>;
  /** As `MockGitlab` has it. */
  serveWrongCertificate(wrong: WrongCertificate): Promise<void>;
}

/** Listens on loopback, with TLS or without or both, as the declaration wants it; whatever is no request is flagged. */
export async function startServer(options: MockGitlabOptions): Promise<GitlabServer> {
  const { spec, ledger, known = [], knownStorage = [] } = options;
  const [first] = known;
  const [storageFirst] = knownStorage;
  const { host: ownHost = 'gitlab.test' } = options;
  const host = first?.host ?? ownHost;
  const storageHost = storageFirst?.host ?? options.storageHost ?? host;
  const { tls = false, storageTls = tls } = spec;
  const ca = tls || storageTls ? (options.ca ?? (await ownAuthority())) : undefined;
  const hosts = [
    ...new Set([host, ownHost, storageHost, ...[...known, ...knownStorage].map((each) => each.host)]),
    'localhost',
    '127.0.0.1',
  ];
  const addressOf = (name: string): string => {
    const of = [...known, ...knownStorage].find((each) => each.host === name);
    if (of) return of.port === (tls ? 443 : 80) ? name : `${name}:${of.port}`;
    return spec.defaultPort ? name : `${name}:${port}`;
  };
  const connections = new Connections({
    ledger,
    peer: 'gitlab',
    to: () => addressOf(host),
    defaultVia: options.listenerVia ?? 'proxy',
  });
  const malformed: OnMalformed = (connection, why, tls) => {
    ledger.record('gitlab', {
      kind: 'flag',
      what: `No request, on connection ${connection}: ${why}.`,
      ...(tls ? { odd: true } : {}),
    });
  };
  const clientCertificates =
    tls && spec.clientCertificate ? new ClientCertificates(spec.clientCertificate, connections, ledger) : undefined;
  // Whether to refuse a client is told to it by an answer, as nginx does, and not by an alert.
  const asks = ca && clientCertificates ? { ca: ca.caPem, requestCert: true, rejectUnauthorized: false } : {};
  const shown = ca && { ...(await certificateOf(ca, hosts, spec.wrongCertificate)), ...asks };
  const overTls = shown && makeServer(shown, connections, malformed);
  if (overTls) clientCertificates?.watch(overTls);
  const server = overTls && tls === storageTls ? overTls : makeServer(undefined, connections, malformed);
  if (overTls && overTls !== server) handsTlsTo(overTls, server);
  const port: number = await listen(server);
  return {
    server,
    connections,
    host,
    port,
    storage: addressOf(storageHost),
    url: `${tls ? 'https' : 'http'}://${addressOf(host)}`,
    storageUrl: `${storageTls ? 'https' : 'http'}://${addressOf(storageHost)}`,
    ...(ca ? { caPem: ca.caPem } : {}),
    ...(clientCertificates ? { clientCertificates } : {}),
    issueClientCertificate: async (name) => {
      if (!ca || !clientCertificates) throw new Error('This GitLab asks nobody for a certificate.');
      const issued = await ca.issueClient(name);
      ledger.secrets.add('client-key', issued.key);
      return issued;
    },
    serveWrongCertificate: async (wrong) => {
      if (!ca || !(overTls instanceof TlsServer)) throw new Error('This GitLab has no certificate: it speaks no TLS.');
      overTls.setSecureContext({ ...(await certificateOf(ca, hosts, wrong)), ...asks });
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      await connections.cutAll();
      await closed;
    },
  };
}

/** @param wrong what is wrong with it; nothing when left out */
async function certificateOf(
  ca: CertificateAuthority,
  hosts: readonly string[],
  wrong: WrongCertificate | undefined,
): Promise<IssuedCertificate> {
  if (wrong === 'other-authority') return (await ownAuthority()).issue(hosts);
  if (wrong === 'other-name') return ca.issue([OTHER_NAME]);
  return ca.issue(hosts, wrong === 'expired' ? { expired: true } : {});
}

/** Loaded late: the library behind it takes longer to load than all the rest to start. */
async function ownAuthority(): Promise<CertificateAuthority> {
  const { createCertificateAuthority } = await import('../tls/index.ts');
  return createCertificateAuthority('Proxyproof mock GitLab');
}
