import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { realClock } from '../../../harness/clock/index.ts';
import { countingSink, Evidence, Ledger, Secrets } from '../../../harness/ledger/index.ts';
import type { SubjectHost, SubjectProcess } from '../../../harness/runner/subject.ts';

/** A subject host without a world: a directory, child processes, and a ledger that can be asked. */
export interface StandInHost extends SubjectHost, AsyncDisposable {
  readonly evidence: Evidence;
  readonly processes: readonly SubjectProcess[];
  /** Waits until the ledger shows something. */
  until<T>(what: string, found: (evidence: Evidence) => T | undefined | false, limitMs?: number): Promise<T>;
}

export async function standInHost(): Promise<StandInHost> {
  const clock = realClock();
  const ledger = new Ledger({ case: 'test', clock, secrets: new Secrets(), sink: countingSink() });
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
  const processes: SubjectProcess[] = [];

  const host: StandInHost = {
    clock,
    ledger,
    isolation: 'names',
    dir,
    processes,
    get evidence() {
      return new Evidence(ledger.events);
    },
    spawn: async (command, args, options = {}) => {
      const id = `p${processes.length + 1}`;
      const child = spawn(command, [...args], {
        cwd: options.cwd ?? dir,
        env: { HOME: dir, PATH: process.env['PATH'], LANG: 'C.UTF-8', ...options.env },
      });
      ledger.record('subject', { kind: 'process-start', process: id, command: [command, ...args] });
      for (const stream of ['stdout', 'stderr'] as const) {
        createInterface({ input: child[stream] }).on('line', (line) => {
          ledger.record('subject', { kind: 'log', process: id, stream, line, ...fieldsOf(line) });
        });
      }
      const started: SubjectProcess = {
        id,
        pid: child.pid ?? -1,
        stdin: child.stdin,
        stdout: child.stdout,
        stderr: child.stderr,
        exited: new Promise((resolve) => {
          child.on('error', () => resolve({ code: -1, signal: null }));
          child.on('close', (code, signal) => {
            ledger.record('subject', { kind: 'process-exit', process: id, code, signal });
            resolve({ code, signal });
          });
        }),
        kill: (signal) => child.kill(signal),
      };
      processes.push(started);
      return started;
    },
    connect: (host, port) =>
      new Promise((resolve, reject) => {
        const socket = connect(port, host, () => resolve(socket)).once('error', reject);
      }),
    until(what, found, limitMs = 30_000) {
      return new Promise((resolve, reject) => {
        const look = (): boolean => {
          const result = found(host.evidence);
          if (result === undefined || result === false) return false;
          clearTimeout(limit);
          stop();
          resolve(result);
          return true;
        };
        const limit = setTimeout(() => {
          stop();
          const lines = host.evidence.logs().map((each) => each.line);
          reject(new Error(`Waited ${limitMs} ms for ${what}. Log:\n${lines.slice(-20).join('\n')}`));
        }, limitMs);
        const stop = ledger.watch(look);
        look();
      });
    },
    [Symbol.asyncDispose]: async () => {
      for (const each of processes) each.kill('SIGKILL');
      await Promise.all(processes.map((each) => each.exited));
      await rm(dir, { recursive: true, force: true });
    },
  };
  return host;
}

function fieldsOf(line: string): { fields?: Record<string, string> } {
  try {
    const value: unknown = JSON.parse(line);
    return value && typeof value === 'object' ? { fields: value as Record<string, string> } : {};
  } catch {
    return {};
  }
}
