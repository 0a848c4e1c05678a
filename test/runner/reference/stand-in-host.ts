import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatedClock } from '../../../harness/clock/index.ts';
import { countingSink, Evidence, Ledger, Secrets } from '../../../harness/ledger/index.ts';
import type { SubjectHost } from '../../../harness/runner/subject.ts';

/** A case starts on a whole second, so that reset times are exact. */
const START = Date.UTC(2026, 0, 1, 12);

export interface TestHost extends SubjectHost, AsyncDisposable {
  /** Names and what stands behind them: a port of loopback, or the code of the error that a connection gets. */
  readonly names: Map<string, number | string>;
  /** Every name and port that was connected to. */
  readonly dialed: string[];
  readonly sockets: Set<Socket>;
  readonly children: Set<number>;
  readonly evidence: Evidence;
  /** The world is taken down. */
  readonly goes: AbortController;
}

export async function testHost(): Promise<TestHost> {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-reference-'));
  const clock = simulatedClock(START);
  const ledger = new Ledger({ case: 'reference/test', clock, secrets: new Secrets(), sink: countingSink() });
  const names = new Map<string, number | string>();
  const dialed: string[] = [];
  const sockets = new Set<Socket>();
  const children = new Set<number>();
  const goes = new AbortController();
  return {
    clock,
    ledger,
    isolation: 'dialer',
    dir,
    names,
    dialed,
    sockets,
    children,
    goes,
    gone: goes.signal,
    get evidence() {
      return new Evidence(ledger.events);
    },
    connect: async (host, port) => {
      dialed.push(`${host}:${port}`);
      const target = names.get(host) ?? 'ENOTFOUND';
      if (typeof target === 'string') throw Object.assign(new Error(`connect ${target}`), { code: target });
      const socket = connect(target, '127.0.0.1');
      await once(socket, 'connect');
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
    spawn: async (command, args, options = {}) => {
      const child = spawn(command, args, {
        env: { HOME: dir, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...options.env },
        cwd: options.cwd ?? dir,
      });
      const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
      await once(child, 'spawn');
      const pid = child.pid ?? 0;
      children.add(pid);
      exited.then(() => children.delete(pid));
      const { stdin, stdout, stderr } = child;
      return { id: `p${pid}`, pid, stdin, stdout, stderr, exited, kill: (signal) => void child.kill(signal) };
    },
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  };
}
