import { mkdir } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Ledger } from '../../ledger/index.ts';
import type { CertificateAuthority } from '../../tls/index.ts';
import { SHARED } from './configuration.ts';
import { tagsIn } from './content/index.ts';
import { createFront, type Front } from './front/index.ts';
import type { Registry } from './handle.ts';
import type { RegistrySpec } from './spec.ts';
import { type StartOptions, startBehind } from './start-behind.ts';

/** What a registry is made of. */
export interface RegistryOptions {
  readonly spec: RegistrySpec;
  readonly ledger: Ledger;
  /** Signs its certificate; only needed when it speaks TLS. */
  readonly ca?: CertificateAuthority;
  /** The name by which clients know it; `registry.test` by default. */
  readonly host?: string;
  /** Other names of it, with the ports at which clients find it by them; the first is its address, in place of `host`. */
  readonly known?: readonly { readonly host: string; readonly port: number }[];
  /** Its own directory, whose path must be short enough for that of a socket, see unix(7). */
  readonly dir: string;
  /** How connections to its own listener count; `proxy` by default, because only the proxy knows the way there. */
  readonly listenerVia?: 'proxy' | 'direct';
}

/** A registry whose address is known; nobody answers there yet. */
export interface OpenRegistry extends Registry {
  /**
   * Starts the real distribution registry behind it, in a container without a network, which ends with its engine.
   * @throws Error that says what is missing or did not come up
   */
  start(options: StartOptions): Promise<void>;
}

/**
 * Opens the front of a registry on loopback, which records what goes by: others can be told of its address before the
 * engine is up that runs the registry.
 * @throws Error when an authority is missing
 */
export async function openRegistry(options: RegistryOptions): Promise<OpenRegistry> {
  const { spec, ca, ledger, host = 'registry.test', known = [], listenerVia = 'proxy' } = options;
  if (spec.tls && !ca) throw new Error('A registry with TLS needs an authority to sign its certificate.');
  await mkdir(join(options.dir, SHARED.storage), { recursive: true });
  const certificate = spec.tls
    ? await ca?.issue([...new Set([host, ...known.map((each) => each.host)]), 'localhost', '127.0.0.1'])
    : undefined;
  const front = await createFront({
    ledger,
    host,
    known,
    socketPath: join(options.dir, SHARED.socket),
    listenerVia,
    ...(certificate ? { certificate } : {}),
  });
  return new FrontedRegistry(options, host, front);
}

class FrontedRegistry implements OpenRegistry {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly url: string;
  readonly caPem?: string;
  readonly #options: RegistryOptions;
  readonly #front: Front;

  constructor(options: RegistryOptions, host: string, front: Front) {
    this.#options = options;
    this.#front = front;
    const [first = { host, port: front.port }] = options.known ?? [];
    this.host = first.host;
    this.port = front.port;
    this.address = first.port === 443 && options.spec.tls ? first.host : `${first.host}:${first.port}`;
    this.url = `${options.spec.tls ? 'https' : 'http'}://${this.address}`;
    if (options.spec.tls && options.ca) this.caPem = options.ca.caPem;
  }

  start(options: StartOptions): Promise<void> {
    const { spec, dir } = this.#options;
    return startBehind({ ...options, spec, dir });
  }

  tags(repository: string): Promise<readonly string[]> {
    return tagsIn(join(this.#options.dir, SHARED.storage), repository);
  }

  accept(socket: Socket, via: 'direct' | 'proxy'): void {
    this.#front.accept(socket, via);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#front[Symbol.asyncDispose]();
  }
}
