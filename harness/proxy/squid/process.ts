import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chown, mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
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

const LISTENS = /Accepting HTTP Socket connections/;
const PORT_TAKEN = /Address already in use|Cannot open HTTP/i;
const WORTH_TELLING = /\b(WARNING|ERROR|FATAL|assertion failed)\b/i;
/** Said by every squid that does not start as root. */
const HARMLESS = /no_suid: setuid\(0\)/;

let started = 0;

/** One running squid. */
export class SquidProcess {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #waiting: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #last = '';

  private constructor(context: ProxyContext, programs: SquidPrograms, dir: string, port: number, account: object) {
    this.port = port;
    started += 1;
    const args = ['-N', '-d1', '-f', FILES.configuration, '-n', `proxyproof${process.pid}x${started}`];
    // Squid must not outlive us, whatever ends us.
    const [command, all] = programs.setpriv
      ? [programs.setpriv, ['--pdeathsig', 'KILL', programs.squid, ...args]]
      : [programs.squid, args];
    this.#child = spawn(command, all, {
      cwd: dir,
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...account,
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        this.#settle(new Error(`squid ended (${signal ?? `exit code ${code}`}). Its last words: ${this.#last}`));
        resolve();
      });
      this.#child.once('error', (error) => {
        this.#settle(new Error(`squid could not be started: ${error.message}.`));
        resolve();
      });
    });
    if (this.#child.stderr) {
      createInterface(this.#child.stderr).on('line', (line) => this.#hear(context, line));
    }
  }

  /**
   * Starts squid on a port of loopback that is free, and waits until it listens. Squid takes no port 0, so a port that
   * turns out to be taken is given up for another one.
   * @param configure gives the configuration for a port
   * @throws Error with squid's own words when it does not start
   */
  static async start(
    context: ProxyContext,
    programs: SquidPrograms,
    dir: string,
    configure: (port: number) => string,
  ): Promise<SquidProcess> {
    const account = await squidAccount();
    for (let tries = 1; ; tries += 1) {
      const port = randomInt(...PORTS);
      await writeSquidFile(dir, FILES.configuration, configure(port));
      const squid = new SquidProcess(context, programs, dir, port, account);
      try {
        await squid.#listening();
        await accepts(port);
        return squid;
      } catch (error) {
        await squid.kill();
        if (tries >= TRIES || !PORT_TAKEN.test((error as Error).message)) throw error;
      }
    }
  }

  /** Squid's own way of stopping takes two seconds; there is nothing it would have to keep. */
  async kill(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #listening(): Promise<void> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(
        () =>
          this.#settle(
            new Error(`squid did not listen within ${START_LIMIT_MS / 1000} s. Its last words: ${this.#last}`),
          ),
        START_LIMIT_MS,
      );
      const done = (): void => {
        clearTimeout(limit);
        this.#waiting = undefined;
      };
      this.#waiting = {
        resolve: () => {
          done();
          resolve();
        },
        reject: (error) => {
          done();
          reject(error);
        },
      };
    });
  }

  #settle(error?: Error): void {
    if (error) this.#waiting?.reject(error);
    else this.#waiting?.resolve();
  }

  #hear({ ledger }: ProxyContext, line: string): void {
    if (LISTENS.test(line)) this.#settle();
    if (!WORTH_TELLING.test(line) && !PORT_TAKEN.test(line)) return;
    if (HARMLESS.test(line)) return;
    this.#last = `${this.#last} ${line}`.slice(-1000).trim();
    ledger.record('proxy', { kind: 'log', stream: 'cache', line });
    if (PORT_TAKEN.test(line)) this.#settle(new Error(line));
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
  await give(dir);
  return dir;
}

/** Writes one of squid's files. Its helpers tell by the full second of its time that it has changed. */
export async function writeSquidFile(dir: string, name: string, text: string): Promise<void> {
  const path = join(dir, name);
  const before = await stat(path).catch(() => undefined);
  await writeFile(path, text, { mode: 0o600 });
  await give(path);
  if (before) {
    const next = Math.max(Date.now(), before.mtimeMs + 1000) / 1000;
    await utimes(path, next, next);
  }
}

async function give(path: string): Promise<void> {
  const account = await squidAccount();
  if (account.uid !== undefined) await chown(path, account.uid, account.gid ?? account.uid);
}
