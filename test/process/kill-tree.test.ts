import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { killTree, readProcess, readProcesses } from '../../harness/process/index.ts';

it('kills a process and what it started, whichever session that is in', async () => {
  const child = spawn('sh', ['-c', 'setsid sh -c "sleep 7421 & sleep 7422 & wait" & echo ready; exec sleep 7423']);
  await once(child.stdout, 'data');
  const descendants = (of: number): number[] =>
    readProcesses().flatMap(({ pid, parent }) => (parent === of ? [pid, ...descendants(pid)] : []));
  await expect.poll(() => descendants(child.pid ?? 0).length).toBe(3);
  const all = descendants(child.pid ?? 0);
  const root = readProcess(child.pid ?? 0);
  if (!root) throw new Error('it is gone');
  await killTree({ ...root, startTime: root.startTime + 1 });
  expect(all.map(readProcess).filter((each) => each && !each.zombie)).toHaveLength(3);
  const exited = once(child, 'exit');
  await killTree(root);
  expect(await exited).toEqual([null, 'SIGKILL']);
  expect(all.map(readProcess).filter((each) => each && !each.zombie)).toEqual([]);
});
