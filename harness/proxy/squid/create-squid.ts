import { connect, type Socket } from 'node:net';
import type { EngineOptions } from '../create-engine.ts';
import type { Engine } from '../engine.ts';
import type { ActiveFault } from '../faults/switchboard.ts';
import type { Connection } from '../gate/connection.ts';
import type { Fault } from '../spec.ts';
import { type AccessLine, AccessLog } from './access-log.ts';
import { FILES, passwordFile, squidConfiguration } from './configuration.ts';
import { SquidProcess, squidDirectory, writeSquidFile } from './process.ts';
import { type SquidPrograms, squidPrograms } from './programs.ts';
import { Relay, type WayToSquid } from './relay.ts';

const POSSIBLE: readonly Fault['fault'][] = [
  'refuse',
  'hang',
  'reset',
  'close',
  'half-header',
  'garbage',
  'delay',
  'slow',
  'idle-cut',
];

/** Starts a real squid. Its clients come through a relay of ours, where connections are recorded and faults strike. */
export async function createSquid(options: EngineOptions): Promise<Engine> {
  const programs = await squidPrograms();
  const squid = new Squid(options, programs, await squidDirectory(options.dir));
  try {
    await squid.begin();
    return squid;
  } catch (error) {
    await squid[Symbol.asyncDispose]();
    throw error;
  }
}

class Squid implements Engine, WayToSquid {
  generation = 0;
  readonly product: string;
  readonly #options: EngineOptions;
  readonly #programs: SquidPrograms;
  readonly #dir: string;
  readonly #log: AccessLog;
  /** Addresses of origins by the names that squid has been told. */
  readonly #known = new Map<string, string>();
  /** Clients by the port of their connection to squid. */
  readonly #clients = new Map<number, string>();
  #logPort = 0;
  #process: SquidProcess | undefined;
  /** Those that still serve what was open when another one took over. */
  readonly #retired: SquidProcess[] = [];
  /** Changes of squid's state, one after the other; clients wait for them. */
  #settled: Promise<void> = Promise.resolve();

  constructor(options: EngineOptions, programs: SquidPrograms, dir: string) {
    this.#options = options;
    this.#programs = programs;
    this.#dir = dir;
    this.product = programs.product;
    this.#log = new AccessLog((line) => this.#heard(line));
  }

  async begin(): Promise<void> {
    for (const origin of this.#options.origins) {
      const { hostname, port } = new URL(`http://${origin}`);
      this.#learn(hostname, port === '' ? undefined : Number(port));
    }
    this.#logPort = await this.#log.listen();
    await this.#writeFiles();
    await this.start();
  }

  serve(connection: Connection): void {
    new Relay(this.#options.context, connection, this);
  }

  async dial(connection: Connection): Promise<Socket> {
    await this.#settled;
    if (!this.#process) throw new Error('squid is stopped.');
    const socket = connect({ host: '127.0.0.1', port: this.#process.port, noDelay: true });
    socket.once('connect', () => this.#clients.set(socket.localPort ?? 0, connection.id));
    return socket;
  }

  cannot({ fault }: Fault): string | undefined {
    if (POSSIBLE.includes(fault)) return undefined;
    return 'Squid is the real one and does only what its configuration can make it do: declare a proxy of kind basic or keep-alive for this.';
  }

  faultIsOn(active: ActiveFault, open: Iterable<Connection>): void {
    const { fault } = active;
    if (fault.fault !== 'hang' || fault.when !== undefined) return;
    for (const connection of open) this.#options.context.faults.hang(active, connection);
  }

  credentialsChanged(): Promise<void> {
    return this.#change(() => this.#takeOver());
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
    await this.#log[Symbol.asyncDispose]();
    this.#options.dialer[Symbol.dispose]();
  }

  async #launch(): Promise<SquidProcess> {
    const { scheme } = this.#options.accepted.auth;
    const process = await SquidProcess.start(this.#options.context, this.#programs, this.#dir, (port) =>
      squidConfiguration({ scheme, programs: this.#programs, port, logPort: this.#logPort }),
    );
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
    const origin = this.#options.dialer.where(name, port);
    if (!origin || this.#known.has(name) || /^[\d.]+$|:/.test(name)) return;
    if (origin.port !== port) {
      this.#options.context.ledger.record('proxy', {
        kind: 'flag',
        what: `Squid cannot be sent to another port than the one asked for: ${host}:${port} leads to port ${origin.port}.`,
      });
      return;
    }
    this.#learn(name, port);
    await this.#change(() => this.#takeOver());
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

  #learn(name: string, port = 80): void {
    const origin = this.#options.dialer.where(name, port);
    if (origin) this.#known.set(name, origin.host);
  }

  async #writeFiles(): Promise<void> {
    const { auth, right } = this.#options.accepted;
    const names = [...this.#known.keys()];
    const hosts = [...this.#known].map(([name, address]) => `${address} ${name}\n`);
    await writeSquidFile(this.#dir, FILES.passwords, passwordFile(auth.scheme, right));
    await writeSquidFile(this.#dir, FILES.hosts, hosts.join(''));
    // Squid complains of an empty list.
    await writeSquidFile(this.#dir, FILES.origins, `${(names.length > 0 ? names : ['nobody.invalid']).join('\n')}\n`);
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
