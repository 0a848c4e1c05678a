import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { basename } from 'node:path';
import { type Clock, realClock } from '../../../clock/index.ts';
import { Ledger, Secrets } from '../../../ledger/index.ts';
import type { SubjectHost, SubjectProcess } from '../../subject.ts';
import { logSink } from './log-sink.ts';

type SpawnOptions = NonNullable<Parameters<SubjectHost['spawn']>[2]>;

/** The machine that this process runs on, as a subject's host: its own time, names, sockets and programs. */
export class Machine implements SubjectHost {
  readonly clock: Clock = realClock();
  readonly isolation = 'names';
  readonly dir: string;
  /** What the runner logs is printed; nothing else is kept. */
  readonly ledger: Ledger;
  #started = 0;

  /** @param log takes the runner's log, a line each */
  constructor(dir: string, log: (line: string) => void) {
    this.dir = dir;
    this.ledger = new Ledger({ case: 'service', clock: this.clock, secrets: new Secrets(), sink: logSink(log) });
  }

  async connect(host: string, port: number) {
    const socket = connect({ host, port, noDelay: true });
    await once(socket, 'connect');
    return socket;
  }

  async spawn(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<SubjectProcess> {
    const { HOME = this.dir, PATH = '/usr/sbin:/usr/bin:/sbin:/bin' } = process.env;
    const child = spawn(command, [...args], {
      cwd: options.cwd ?? this.dir,
      env: { HOME, PATH, LANG: 'C.UTF-8', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const exited = once(child, 'close').then(
      ([code, signal]) => ({ code: code as number | null, signal: signal as NodeJS.Signals | null }),
      () => ({ code: null, signal: null }),
    );
    await once(child, 'spawn');
    const { stdin, stdout, stderr } = child;
    const id = `${basename(command)}#${++this.#started}`;
    return { id, pid: child.pid ?? 0, stdin, stdout, stderr, exited, kill: (signal) => void child.kill(signal) };
  }
}
