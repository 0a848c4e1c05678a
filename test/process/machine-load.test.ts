import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lookAtThisMachine } from '../../harness/process/index.ts';

async function accountFile(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-load-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return join(dir, 'cpu');
}

const account = (microseconds: number): string =>
  `some avg10=0.00 avg60=0.00 avg300=0.00 total=${microseconds}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n`;

test("the kernel's account of pressure tells the share since the last look", async () => {
  const file = await accountFile();
  await writeFile(file, account(5_000_000));
  const look = lookAtThisMachine(file);
  expect(look().waiting).toBe(0);
  // An hour more than a moment ago: somebody waited all the time.
  await writeFile(file, account(3_605_000_000));
  expect(look().waiting).toBe(1);
  expect(look().waiting).toBe(0);
});

test('without such an account busy processors stand for it', async () => {
  const look = lookAtThisMachine(await accountFile());
  const until = performance.now() + 50;
  while (performance.now() < until);
  const { waiting, memory } = look();
  expect(waiting).toBeGreaterThanOrEqual(0);
  expect(waiting).toBeLessThanOrEqual(1);
  expect(memory).toBeGreaterThan(2 ** 20);
});
