import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startProcess } from '../../harness/world/start-process.ts';
import { finished, noNamespace, temporaryDirectory, testNamespace } from './stand-ins.ts';

/** Keeps this process from all events for a while, as a busy machine does, in milliseconds. */
const hold = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

const echo = { id: 'p', file: '/bin/sh', args: ['-c', 'echo said; echo complained >&2; exit 3'], cwd: '/', env: {} };

it.skipIf(noNamespace)('keeps what a program says that has ended before anybody listens', async () => {
  await using place = await temporaryDirectory();
  await using namespace = await testNamespace(place.dir);
  const programs = Array.from({ length: 60 }, async (_, nth) => {
    const starting = startProcess({ ...echo, namespace: nth % 2 === 0 ? namespace : undefined });
    return finished(await starting);
  });
  // Again and again the ends of some are heard in the same turn as their beginnings.
  for (let turns = 0; turns < 60; turns += 1) {
    hold(10);
    await turn();
  }
  for (const program of await Promise.all(programs))
    expect(program).toEqual({ out: 'said\n', err: 'complained\n', code: 3 });
});

it('ends although nobody listens', async () => {
  const program = await startProcess({ ...echo, namespace: undefined });
  expect(await program.exited).toEqual({ code: 3, signal: null });
});
