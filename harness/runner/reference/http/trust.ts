import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, type DetailedPeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import type { RunnerConfig } from '../../subject.ts';
import type { TlsPolicy } from '../policies/tls-policy.ts';
import type { ClientPair, Handed } from './handed.ts';

/** Whom a client trusts that speaks TLS, and by what it says who it is. */
export interface Trust {
  /** Made anew where files have changed. */
  context(): SecureContext;
  /** A host's certificate was verified. */
  verified?(connection: TLSSocket, host: string): void;
}

/**
 * Whom the runner itself trusts: the machine's store, and the file that config.toml names or that lies beside it. As Go does, it
 * shows its own certificate to whoever asks for one.
 */
export class RunnerTrust implements Trust {
  readonly #config: RunnerConfig;
  readonly #policy: TlsPolicy;
  readonly #store: string | undefined;
  readonly #contexts = new Map<string, SecureContext>();
  readonly #helpers = new Map<string, Trust>();
  #file: string | undefined;
  #chain: readonly string[] = [];
  #pair: ClientPair | undefined;

  constructor(config: RunnerConfig, policy: TlsPolicy) {
    this.#config = config;
    this.#policy = policy;
    this.#store = storeOf(config.env);
  }

  context(): SecureContext {
    if (this.#policy.readsAnew || this.#file === undefined) this.#file = this.#read();
    const file = this.#file;
    const store = file !== undefined && !this.#policy.storeBesides ? undefined : this.#store;
    if (this.#policy.readsPairAnew || this.#pair === undefined) this.#pair = this.#readPair();
    return contextOf([file, store], this.#contexts, this.#policy.presents ? this.#pair : undefined);
  }

  verified(connection: TLSSocket, host: string): void {
    if (host === new URL(this.#config.url).hostname) this.#chain = chainOf(connection);
  }

  /** What jobs are given for connections of their own. */
  get handed(): Handed {
    const pair = this.#readPair();
    return {
      ca: this.#policy.hands({ file: this.#file ?? this.#read(), chain: this.#chain }),
      client: pair && this.#policy.handsPair(pair),
    };
  }

  /**
   * Whom a program trusts that the runner starts; it has connections of its own.
   * @param handed what it was given
   */
  ofHelper({ ca, client }: Handed): Trust {
    const key = JSON.stringify([ca, client]);
    const known = this.#helpers.get(key);
    const trust = known ?? { context: () => contextOf([ca, this.#store], this.#contexts, client) };
    this.#helpers.set(key, trust);
    return trust;
  }

  /** A certificate and a key that do not go together are passed over, as files are that cannot be read. */
  #readPair(): ClientPair | undefined {
    const { certFile, keyFile } = this.#config.clientCertificate ?? {};
    const [cert, key] = [contentOf(certFile), contentOf(keyFile)];
    if (cert === undefined || key === undefined) return undefined;
    try {
      return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? { cert, key } : undefined;
    } catch {
      return undefined;
    }
  }

  #read(): string | undefined {
    const { caPem, caFile, certsDir, url } = this.#config;
    const { hostname, port } = new URL(url);
    const beside = certsDir && join(certsDir, this.#policy.certificateName(hostname, Number(port) || 443));
    return caPem ?? contentOf(caFile ?? beside);
  }
}

/** The machine's store, where a variable of Go's says that it is another one. */
const storeOf = (env: RunnerConfig['env']): string | undefined => contentOf(env['SSL_CERT_FILE']);

/** A file that cannot be read is passed over, as the runner does. */
function contentOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function contextOf(
  sources: readonly (string | undefined)[],
  made: Map<string, SecureContext>,
  pair?: ClientPair,
): SecureContext {
  const pem = sources.filter((each) => each !== undefined);
  const name = [...pem, pair?.cert, pair?.key].join('');
  const context = made.get(name) ?? createSecureContext({ ...pair, ...(pem.length === 0 ? {} : { ca: pem }) });
  made.set(name, context);
  return context;
}

/** From a server's certificate to the root, as PEM. */
function chainOf(connection: TLSSocket): readonly string[] {
  const chain: string[] = [];
  // Unlike the method for an X509Certificate, this one finds a root in the store that was not sent.
  let certificate: DetailedPeerCertificate | undefined = connection.getPeerCertificate(true);
  while (certificate?.raw) {
    const pem = new X509Certificate(certificate.raw).toString();
    if (chain.includes(pem)) break;
    chain.push(pem);
    certificate = certificate.issuerCertificate;
  }
  return chain;
}
