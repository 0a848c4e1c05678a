import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Terminal } from '../../harness/cli/exit.ts';
import { interruption } from '../../harness/cli/interruption.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  process.exitCode = undefined;
});

function interrupted(limitMs: number) {
  const stderr = new PassThrough();
  const terminal = { stdout: new PassThrough(), stderr, env: {}, cwd: '/' } as unknown as Terminal;
  const stop = interruption(terminal, { what: 'Work', stopping: 'tidying', limitMs, left: 'Nothing.' });
  process.emit('SIGHUP', 'SIGHUP');
  return { stop, said: () => String(stderr.read() ?? '') };
}

test('what takes longer than usual to end says that it goes on, not that it failed', () => {
  const { stop, said } = interrupted(60_000);
  expect(said()).toBe('\nproxyproof: SIGHUP: tidying …\n');
  vi.advanceTimersByTime(59_000);
  expect(said()).toBe('proxyproof: still tidying …\n');
  vi.advanceTimersByTime(1000);
  expect(said()).toContain('not everything stopped within 60 s');
  stop.finished();
});

test('a run says within 5 s that not everything stopped', () => {
  const { stop, said } = interrupted(5000);
  said();
  vi.advanceTimersByTime(5000);
  expect(said()).toBe(
    'proxyproof: not everything stopped within 5 s. The next run, or proxyproof clean, removes the rest.\n',
  );
  stop.finished();
});
