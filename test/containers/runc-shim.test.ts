import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { shimFile } from '../../harness/containers/contexts.ts';
import { findProgram } from '../../harness/process/index.ts';

/** To have less than a machine's root, one must be root, and have a tool for it. */
const cannotDrop = process.getuid?.() !== 0 || !findProgram('setpriv');

const capabilities = (...names: string[]) => ({
  process: {
    env: ['TEXT=say "CAP_SYS_TIME", and go on'],
    capabilities: Object.fromEntries(['bounding', 'effective', 'permitted'].map((set) => [set, names])),
  },
});

/** What becomes of a container's specification when a machine lacks capabilities. */
async function through(spec: object, lacks: string, make: (dir: string) => string[]) {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-shim-'));
  try {
    await writeFile(join(dir, 'config.json'), JSON.stringify(spec));
    const { stdout } = await execa('setpriv', [`--bounding-set=${lacks}`, shimFile(), ...make(dir)], {
      env: { PROXYPROOF_RUNC: 'echo' },
    });
    return {
      said: stdout.replaceAll(dir, 'DIR'),
      spec: JSON.parse(await readFile(join(dir, 'config.json'), 'utf8')) as object,
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

it.skipIf(cannotDrop)('takes out what the machine lacks, wherever it stands in the list', async () => {
  const names = ['CAP_SYS_TIME', 'CAP_CHOWN', 'CAP_MKNOD', 'CAP_KILL', 'CAP_SYS_BOOT'];
  const { spec } = await through(capabilities(...names), '-sys_time,-mknod,-sys_boot', (dir) => [
    'create',
    '--bundle',
    dir,
    'name',
  ]);
  expect(spec).toEqual(capabilities('CAP_CHOWN', 'CAP_KILL'));
});

it.skipIf(cannotDrop)('leaves an empty list where all is lacking, and words that are no capability alone', async () => {
  const { spec } = await through(capabilities('CAP_SYS_TIME'), '-sys_time', (dir) => ['create', '-b', dir, 'name']);
  expect(spec).toEqual(capabilities());
});

it.skipIf(cannotDrop)('does so for a command in a container, and hands everything on to runc', async () => {
  const { said, spec } = await through(capabilities('CAP_CHOWN', 'CAP_SYS_TIME'), '-sys_time', (dir) => [
    '--root',
    '/r',
    'exec',
    '--process',
    `${dir}/config.json`,
    'name',
  ]);
  expect(spec).toEqual(capabilities('CAP_CHOWN'));
  expect(said).toBe('--root /r exec --process DIR/config.json name');
});
