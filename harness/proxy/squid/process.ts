import { randomInt } from 'node:crypto';
import { chown, mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { removeSharedMemory, sharedMemoryName } from '../../process/index.ts';
import { Daemon } from '../daemon.ts';
import type { ProxyContext } from '../front/context.ts';
import { squidAccount } from './account.ts';
import { FILES } from './configuration.ts';
import type { SquidPrograms } from './programs.ts';

/** How long squid may take to listen, in real milliseconds; it takes some 50. */
const START_LIMIT_MS = 20_000;
/** Ports to try: below those that systems give out by themselves. */
const PORTS = [20_000, 32_000] as const;
const TRIES = 8;

/** How often and how many times it is asked whether it really does. */
const ASKED_EVERY_MS = 2;
const ASKED = 1000;

const LISTENS = /Accepting (?:SSL bumped )?HTTP Socket connections/;
const PORT_TAKEN = /Address already in use|Cannot open HTTP/i;
const WORTH_TELLING = /\b(WARNING|ERROR|FATAL|assertion failed)\b/i;
/** Said by every squid that does not start as root. */
const HARMLESS = /no_suid: setuid\(0\)/;

/** What a squid is started with. */
export interface SquidOptions {
  readonly context: ProxyContext;
  readonly programs: SquidPrograms;
  readonly dir: string;
  /** Variables for it and its helpers. */
  readonly env: Readonly<Record<string, string>>;
  /** Gives the configuration for a port. */
  readonly configure: (port: number) => string;
}

/** One running squid. */
export class SquidProcess {
  readonly port: number;
  readonly #daemon: Daemon;
  readonly #name: string;

  private constructor(port: number, daemon: Daemon, name: string) {
    this.port = port;
    this.#daemon = daemon;
    this.#name = name;
  }

  /**
   * Starts squid on a port of loopback that is free, and waits until it listens. Squid takes no port 0, so a port that
   * turns out to be taken is given up for another one.
   * @throws Error with squid's own words when it does not start
   */
  static async start(options: SquidOptions): Promise<SquidProcess> {
    for (let tries = 1; ; tries += 1) {
      const port = randomInt(...PORTS);
      await writeSquidFile(options.dir, FILES.configuration, options.configure(port));
      try {
        return await SquidProcess.#startOn(port, options);
      } catch (error) {
        if (tries >= TRIES || !PORT_TAKEN.test((error as Error).message)) throw error;
      }
    }
  }

  /** Squid's own way of stopping takes two seconds; there is nothing it would have to keep, and its shared memory goes here. */
  async kill(): Promise<void> {
    await this.#daemon.kill();
    removeSharedMemory(this.#name);
  }

  static async #startOn(port: number, { context, programs, dir, env }: SquidOptions): Promise<SquidProcess> {
    const name = sharedMemoryName();
    const daemon = await Daemon.start({
      name: 'squid',
      file: programs.squid,
      args: ['-N', '-d1', '-f', FILES.configuration, '-n', name],
      cwd: dir,
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C', ...env },
      account: await squidAccount(),
      setpriv: programs.setpriv,
      serves: LISTENS,
      gaveUp: PORT_TAKEN,
      limitMs: START_LIMIT_MS,
      heard: (line) => {
        const worthTelling = PORT_TAKEN.test(line) || (WORTH_TELLING.test(line) && !HARMLESS.test(line));
        if (worthTelling) context.ledger.record('proxy', { kind: 'log', stream: 'cache', line });
        return worthTelling;
      },
    }).catch((error: unknown) => {
      removeSharedMemory(name);
      throw error;
    });
    const squid = new SquidProcess(port, daemon, name);
    try {
      await accepts(port);
      return squid;
    } catch (error) {
      await squid.kill();
      throw error;
    }
  }
}

/** Squid says that it accepts connections an instant before it does: asks until somebody answers. */
async function accepts(port: number): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const refused = await new Promise<Error | undefined>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', resolve);
      socket.once('connect', () => {
        socket.destroy();
        resolve(undefined);
      });
    });
    if (!refused) return;
    if (tries >= ASKED) throw new Error(`squid says that it listens on port ${port}, but: ${refused.message}.`);
    await delay(ASKED_EVERY_MS);
  }
}

/** Makes squid's own directory inside another one, for the account that squid runs as. */
export async function squidDirectory(parent: string): Promise<string> {
  const dir = join(parent, 'squid');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await giveToSquid(dir);
  return dir;
}

/** Writes one of squid's files. Its helpers tell by the full second of its time that it has changed. */
export async function writeSquidFile(dir: string, name: string, text: string): Promise<void> {
  const path = join(dir, name);
  const before = await stat(path).catch(() => undefined);
  await writeFile(path, text, { mode: 0o600 });
  await giveToSquid(path);
  if (before) {
    const next = Math.max(Date.now(), before.mtimeMs + 1000) / 1000;
    await utimes(path, next, next);
  }
}

/** Makes a file or a directory that of the account that squid runs as. */
export async function giveToSquid(path: string): Promise<void> {
  const account = await squidAccount();
  if (account.uid !== undefined) await chown(path, account.uid, account.gid ?? account.uid);
}
