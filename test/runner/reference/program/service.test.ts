import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { simulatedClock } from '../../../../harness/clock/index.ts';
import { serve } from '../../../../harness/runner/reference/program/service.ts';
import type { CommandResult, RunnerConfig } from '../../../../harness/runner/subject.ts';

let file = '';
beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'proxyproof-test-')), 'config.toml');
  await writeFile(file, '');
});
afterEach(() => rm(join(file, '..'), { recursive: true }));

const config = (url: string): RunnerConfig => ({ url, token: 't', env: {}, checkInterval: 1 });

/** A service whose runners do nothing but tell that they were started and stopped. */
function service(read: () => Promise<RunnerConfig | undefined>) {
  const story: string[] = [];
  const quit = new AbortController();
  const halt = new AbortController();
  const runners: PromiseWithResolvers<CommandResult>[] = [];
  const ended = serve({
    clock: simulatedClock(),
    subject: {
      run: async ({ url }) => {
        story.push(`run ${url}`);
        const over = Promise.withResolvers<CommandResult>();
        runners.push(over);
        const stop = async (how: string): Promise<CommandResult> => {
          story.push(`stop ${how}`);
          over.resolve({ code: 0, signal: null });
          return over.promise;
        };
        return { ended: over.promise, stop, [Symbol.asyncDispose]: async () => {} };
      },
    },
    configFile: file,
    read,
    say: (level, msg) => story.push(`${level}: ${msg}`),
    quit: quit.signal,
    halt: halt.signal,
  });
  const told = async (line: string): Promise<void> => {
    for (let turn = 0; !story.includes(line); turn++) {
      if (turn > 10_000) throw new Error(`“${line}” did not come: ${story.join(', ')}`);
      await new Promise(setImmediate);
    }
  };
  return { story, quit, halt, ended, runners, told };
}

it('takes up another configuration, and lets jobs of the old one end', async () => {
  let url = 'first';
  const { story, quit, ended, told } = service(async () => config(url));
  await told('run first');
  url = 'second';
  await utimes(file, 1, 1);
  await told('run second');
  quit.abort();
  expect(await ended).toBe(0);
  expect(story).toEqual([
    'info: Configuration loaded',
    'run first',
    'stop graceful',
    'info: Configuration loaded',
    'run second',
    'stop graceful',
  ]);
});

it('goes on with what it had when the file is broken', async () => {
  let broken = false;
  const { quit, ended, story, told } = service(async () => {
    if (broken) throw new Error('no TOML');
    return config('first');
  });
  await told('run first');
  broken = true;
  await utimes(file, 1, 1);
  await told('error: Failed to load config: no TOML');
  quit.abort();
  expect(await ended).toBe(0);
  expect(story.filter((line) => line === 'run first')).toHaveLength(2);
});

it('waits for a runner to be registered', async () => {
  let registered = false;
  const { quit, ended, told } = service(async () => (registered ? config('first') : undefined));
  await told('info: Configuration loaded; there is no runner in it');
  registered = true;
  await utimes(file, 1, 1);
  await told('run first');
  quit.abort();
  expect(await ended).toBe(0);
});

it('ends its jobs when it is told to halt', async () => {
  const { quit, halt, ended, story, told } = service(async () => config('first'));
  await told('run first');
  halt.abort();
  quit.abort();
  expect(await ended).toBe(0);
  expect(story.at(-1)).toBe('stop forced');
});

it('fails when the runner does, and when there is no configuration at all', async () => {
  const crashing = service(async () => config('first'));
  await crashing.told('run first');
  crashing.runners[0]?.resolve({ code: 1, signal: null });
  expect(await crashing.ended).toBe(1);

  await rm(file);
  const lost = service(() => Promise.reject(new Error('no such file')));
  await expect(lost.ended).rejects.toThrow('no such file');
});
