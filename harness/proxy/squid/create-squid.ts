import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Carrier } from '../carrier.ts';
import type { CarrierOptions } from '../carrier-options.ts';
import type { ClientConnection } from '../gate/client-connection.ts';
import { KerberosRealm } from '../kerberos/index.ts';
import { type AccessLine, AccessLog } from './access-log.ts';
import { makeCertificateStore } from './certificates.ts';
import { accountFile, FILES, type KnownOrigin, kerberosEnvironment, squidConfiguration } from './configuration.ts';
import { giveToSquid, SquidProcess, squidDirectory, writeSquidFile } from './process.ts';
import { type SquidPrograms, type SquidScheme, squidPrograms } from './programs.ts';
import { Relay } from './relay.ts';
import type { WayToSquid } from './way-to-squid.ts';

/** Starts a real squid. Its clients come through a relay of ours, where connections are recorded and faults strike. */
export async function createSquid(options: CarrierOptions): Promise<Carrier> {
  const scheme = schemeOf(options);
  const programs = await squidPrograms(scheme, options.interceptor !== undefined, await options.squid?.());
  const squid = new Squid(options, scheme, programs, await squidDirectory(options.dir));
  try {
    await squid.begin();
    return squid;
  } catch (error) {
    await squid[Symbol.asyncDispose]();
    throw error;
  }
}

class Squid implements Carrier, WayToSquid {
  generation = 0;
  readonly product: string;
  readonly #options: CarrierOptions;
  readonly #scheme: SquidScheme;
  readonly #programs: SquidPrograms;
  readonly #dir: string;
  readonly #log: AccessLog;
  /** Origins that squid has been told of, by `host:port`. */
  readonly #known = new Map<string, KnownOrigin>();
  /** Clients by the port of their connection to squid. */
  readonly #clients = new Map<number, string>();
  #logPort = 0;
  #realm: KerberosRealm | undefined;
  #process: SquidProcess | undefined;
  /** Those that still serve what was open when another one took over. */
  readonly #retired: SquidProcess[] = [];
  /** Changes of squid's state, one after the other; clients wait for them. */
  #settled: Promise<void> = Promise.resolve();

  constructor(options: CarrierOptions, scheme: SquidScheme, programs: SquidPrograms, dir: string) {
    this.#options = options;
    this.#scheme = scheme;
    this.#programs = programs;
    this.#dir = dir;
    this.product = programs.product;
    this.#log = new AccessLog((line) => this.#heard(line));
  }

  async begin(): Promise<void> {
    for (const origin of this.#options.origins) {
      const { hostname, port } = new URL(`http://${origin}`);
      this.#learn(hostname, port === '' ? 80 : Number(port));
    }
    this.#logPort = await this.#log.listen();
    if (this.#scheme === 'negotiate') this.#realm = await this.#makeRealm();
    await this.#writeFiles();
    await this.#prepareOpening();
    await this.start();
  }

  get kerberos(): KerberosRealm | undefined {
    return this.#realm;
  }

  serve(connection: ClientConnection): void {
    new Relay(this.#options.context, connection, this);
  }

  async dial(connection: ClientConnection): Promise<Socket> {
    await this.#settled;
    if (!this.#process) throw new Error('squid is stopped.');
    const socket = connect({ host: '127.0.0.1', port: this.#process.port, noDelay: true });
    socket.once('connect', () => this.#clients.set(socket.localPort ?? 0, connection.id));
    return socket;
  }

  credentialsChanged(): Promise<void> {
    return this.#change(async () => {
      const { right } = this.#options.accepted;
      if (right) await this.#realm?.setPassword(right.user, right.password);
      await this.#takeOver();
    });
  }

  stop(): Promise<void> {
    return this.#change(async () => {
      const running = this.#process ? [...this.#retired, this.#process] : this.#retired;
      this.#process = undefined;
      await Promise.all(running.splice(0).map((each) => each.kill()));
      this.#retired.length = 0;
    });
  }

  start(): Promise<void> {
    return this.#change(async () => {
      this.#process ??= await this.#launch();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#realm?.[Symbol.asyncDispose]();
    await this.#log[Symbol.asyncDispose]();
    this.#options.wayOut[Symbol.dispose]();
  }

  async #launch(): Promise<SquidProcess> {
    const scheme = this.#scheme;
    const programs = this.#programs;
    const logPort = this.#logPort;
    const service = this.#realm ? { service: this.#realm.service } : {};
    const { interceptor } = this.#options;
    const opening = interceptor ? { opening: { ...interceptor.spec, gitlabHost: interceptor.gitlabHost } } : {};
    const process = await SquidProcess.start({
      context: this.#options.context,
      programs,
      dir: this.#dir,
      env: this.#realm ? kerberosEnvironment : {},
      configure: (port) =>
        squidConfiguration({
          scheme,
          programs,
          port,
          logPort,
          origins: [...this.#known.values()],
          ...service,
          ...opening,
        }),
    });
    this.generation += 1;
    return process;
  }

  /** Time stands still while a real program is waited for. */
  #change(work: () => Promise<void>): Promise<void> {
    const release = this.#options.context.clock.hold();
    const done = this.#settled.then(work).finally(release);
    this.#settled = done.catch(() => {});
    return done;
  }

  /** Tells squid of an origin before the first request to it gets there. */
  async know(host: string, port: number): Promise<void> {
    const name = host.toLowerCase();
    const origin = this.#options.wayOut.where(name, port);
    if (!origin || this.#known.has(`${name}:${port}`) || !isName(name)) return;
    if (origin.port !== port) {
      this.#options.context.ledger.record('proxy', {
        kind: 'flag',
        odd: true,
        what: `Squid cannot be sent to another port than the one asked for: ${host}:${port} leads to port ${origin.port}.`,
      });
      return;
    }
    this.#learn(name, port);
    await this.#change(() => this.#takeOver());
  }

  isOrigin(host: string, port: number): boolean {
    return this.#known.has(`${host.toLowerCase()}:${port}`);
  }

  /**
   * Lets another squid take over. One that reads its configuration anew would remember who was right before, and cut
   * its clients; what is open stays with the first.
   */
  async #takeOver(): Promise<void> {
    await this.#writeFiles();
    if (!this.#process) return;
    this.#retired.push(this.#process);
    this.#process = await this.#launch();
  }

  #learn(name: string, port: number): void {
    const origin = this.#options.wayOut.where(name, port);
    if (origin?.port === port) this.#known.set(`${name}:${port}`, { name, port, address: origin.host });
  }

  async #writeFiles(): Promise<void> {
    const origins = [...this.#known.values()];
    const hosts = new Set(origins.map(({ name, address }) => `${address} ${name}\n`));
    const accounts = accountFile(this.#scheme, this.#options.accepted.right, this.#realm?.realm);
    if (accounts) await writeSquidFile(this.#dir, ...accounts);
    await writeSquidFile(this.#dir, FILES.hosts, [...hosts].join(''));
    const { interceptor } = this.#options;
    if (!interceptor) return;
    await writeSquidFile(this.#dir, FILES.trusted, interceptor.trusts);
    await writeSquidFile(this.#dir, FILES.authority, await interceptor.signer());
  }

  /** Makes the place for certificates, and lets another squid take over when the interceptor signs as somebody else. */
  async #prepareOpening(): Promise<void> {
    const { interceptor } = this.#options;
    const { certificates } = this.#programs;
    if (!interceptor || !certificates) return;
    await makeCertificateStore(certificates, this.#dir);
    interceptor.onRenewal(() =>
      this.#change(async () => {
        await makeCertificateStore(certificates, this.#dir);
        await this.#takeOver();
      }),
    );
  }

  async #makeRealm(): Promise<KerberosRealm> {
    const { accepted, context, dir, host, kdcHost } = this.#options;
    const { ledger } = context;
    const realm = await KerberosRealm.start({ auth: accepted.auth, proxyHost: host, kdcHost, dir, ledger });
    try {
      const keytab = join(this.#dir, FILES.keytab);
      await realm.writeServiceKeytab(keytab);
      await giveToSquid(keytab);
      await writeSquidFile(this.#dir, FILES.kerberos, realm.configuration);
      return realm;
    } catch (error) {
      await realm[Symbol.asyncDispose]();
      throw error;
    }
  }

  #heard({ line, port, fields }: AccessLine): void {
    const connection = this.#clients.get(port);
    this.#options.context.ledger.record('proxy', {
      kind: 'log',
      stream: 'access',
      line,
      fields: connection === undefined ? fields : { ...fields, connection },
    });
  }
}

/** Addresses are looked up by nobody: squid goes to the names of its hosts file. */
const isName = (host: string): boolean => !/^[\d.]+$|[:[]/.test(host);

/** @throws Error when squid cannot ask for the scheme without servers that are not there */
function schemeOf({ accepted }: CarrierOptions): SquidScheme {
  const { scheme } = accepted.auth;
  if (scheme !== 'ntlm') return scheme;
  throw new Error(
    'Squid asks a Windows domain about NTLM, and there is none here: declare a proxy of kind keep-alive.',
  );
}
