import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProgramError, run } from '../harness/process/index.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['harness', 'scenarios', 'package.json', 'tsconfig.json'];

/** How long a program of a copy may take, in milliseconds. */
export const COPY_LIMIT_MS = 120_000;

/** A copy of the project in a temporary directory, for tests that add something to it as CONTRIBUTING says. */
export interface ProjectCopy extends AsyncDisposable {
  readonly dir: string;
  /** Writes a file that is not there yet. */
  add(file: string, text: string): Promise<void>;
  /** Replaces a text of a file, where it comes first. @throws Error when the file does not have it */
  edit(file: string, from: string, to: string): Promise<void>;
  /** Runs Node in the copy. @returns what it prints */
  node(...args: string[]): Promise<string>;
  /** Runs `proxyproof` in the copy. @returns what it prints */
  cli(...args: string[]): Promise<string>;
  /** @returns what the compiler complains about: nothing, when all is well */
  typeCheck(): Promise<string>;
  /** What differs from the project: `new: FILE`, `2 lines: FILE` (new or changed ones), `gone: FILE`. */
  changes(): Promise<string[]>;
}

/**
 * Copies the sources; installed packages are linked.
 * @param more what else the copy has to have, such as `test/proxy`
 */
export async function copyProject(...more: string[]): Promise<ProjectCopy> {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
  const parts = [...SOURCES, ...more];
  for (const each of parts) await cp(join(ROOT, each), join(dir, each), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(dir, 'node_modules'));

  const node = async (...args: string[]): Promise<string> => {
    const options = { cwd: dir, limitMs: COPY_LIMIT_MS };
    return (await run(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], options)).stdout;
  };

  return {
    dir,
    add: async (file, text) => {
      await mkdir(dirname(join(dir, file)), { recursive: true });
      await writeFile(join(dir, file), text, { flag: 'wx' });
    },
    edit: async (file, from, to) => {
      const before = await readFile(join(dir, file), 'utf8');
      if (!before.includes(from)) throw new Error(`${file} has no "${from}" any more: this test has to follow it.`);
      await writeFile(
        join(dir, file),
        before.replace(from, () => to),
      );
    },
    node,
    cli: (...args) => node('harness/cli/main.ts', ...args),
    typeCheck: async () => {
      try {
        return await node(join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', '.');
      } catch (error) {
        if (error instanceof ProgramError && error.ended === 'exit') return error.stdout;
        throw error;
      }
    },
    changes: async () => (await Promise.all(parts.map((part) => changesOf(dir, part)))).flat().sort(),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  };
}

async function changesOf(dir: string, part: string): Promise<string[]> {
  const files = await filesOf(dir, part);
  const gone = (await filesOf(ROOT, part)).filter((file) => !files.includes(file)).map((file) => `gone: ${file}`);
  const changed = await Promise.all(
    files.map(async (file) => {
      const before = await readFile(join(ROOT, file), 'utf8').catch(() => undefined);
      if (before === undefined) return [`new: ${file}`];
      const after = await readFile(join(dir, file), 'utf8');
      if (before === after) return [];
      const lines = after.split('\n').filter((line) => !before.split('\n').includes(line)).length;
      return [`${lines} line${lines === 1 ? '' : 's'}: ${file}`];
    }),
  );
  return [...gone, ...changed.flat()];
}

async function filesOf(dir: string, part: string): Promise<string[]> {
  const entries = await readdir(join(dir, part), { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [part];
  return entries.filter((each) => each.isFile()).map((each) => relative(dir, join(each.parentPath, each.name)));
}
