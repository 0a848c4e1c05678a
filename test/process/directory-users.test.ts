import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { staleUserFiles, thisProcess, useDirectory, whenUnused } from '../../harness/process/index.ts';

const USE = { doing: 'removing images' };
const ALONE = { ...USE, what: 'The images are in use' };

async function place() {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-users-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

it('lets any number use it, and nobody have it alone meanwhile', async () => {
  await using shared = await place();
  const ends = [await useDirectory(shared, USE), await useDirectory(shared, USE)];
  for (const end of ends) {
    await expect(whenUnused(shared, async () => 'alone', ALONE)).rejects.toThrow(
      new RegExp(`^The images are in use by process ${process.pid} .*Wait for its end, and try again\\.$`),
    );
    await end();
  }
  expect(await whenUnused(shared, async () => 'alone', ALONE)).toBe('alone');
  expect(await readdir(shared.dir)).toEqual([]);
});

it('is not used by anybody new while somebody has it alone', async () => {
  await using shared = await place();
  const order: string[] = [];
  const waiting = Promise.withResolvers<void>();
  let using: Promise<() => Promise<void>> | undefined;
  const say = (): void => waiting.resolve();
  await whenUnused(
    shared,
    async () => {
      using = useDirectory(shared, { ...USE, say });
      void using.then(() => order.push('used'));
      await waiting.promise;
      order.push('alone');
    },
    ALONE,
  );
  await (await using)?.();
  expect(order).toEqual(['alone', 'used']);
});

it('does not count who was killed', async () => {
  await using shared = await place();
  const file = join(shared.dir, 'user.killed');
  await writeFile(file, `${process.pid} pid:[${thisProcess().pidNamespace}] 1`);
  expect(await staleUserFiles(shared)).toEqual([file]);
  expect(await whenUnused(shared, async () => existsSync(file), ALONE)).toBe(true);
});
