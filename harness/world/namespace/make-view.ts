import { statSync } from 'node:fs';
import { chmod, mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FILES } from './files.ts';
import { planMounts } from './plan-mounts.ts';
import type { SetupArguments } from './setup.ts';
import type { View } from './view.ts';

/**
 * Makes what the mounts of a view need, in a namespace's own directory.
 * @returns what the namespace's setup is given
 */
export async function makeView(dir: string, view: View): Promise<SetupArguments> {
  const own = await realpath(dir);
  const found = await Promise.all(
    FILES.map(async (name) => [await realpath(`/etc/${name}`).catch(() => undefined), join(own, name)] as const),
  );
  const files = new Map(found.flatMap(([target, source]) => (target === undefined ? [] : [[target, source] as const])));
  const plan = planMounts({ dir: own, view, files, isFile: (path) => !statSync(path).isDirectory() });
  for (const { path, like } of plan.directories) {
    await mkdir(path, { recursive: true });
    if (like !== undefined) await chmod(path, (await stat(like)).mode & 0o7777);
  }
  await Promise.all(plan.files.map((each) => writeFile(each, '', { flag: 'a' })));
  return plan;
}
