import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { checkLayers } from '../../build/layers/check.ts';

const project = new URL('../..', import.meta.url).pathname;

/** A project of these files, under the rules of ours. */
async function projectOf(
  files: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & { readonly root: string }> {
  const root = await mkdtemp(join(tmpdir(), 'proxyproof-layers-test-'));
  for (const name of ['layers.json', 'biome.json']) await cp(join(project, name), join(root, name));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

/** What is said of one file that imports another. */
async function saidOf(from: string, source: string): Promise<string[]> {
  await using made = await projectOf({ [from]: source });
  return checkLayers(made.root);
}

describe('the order of layers', () => {
  it('is kept by the project', () => {
    expect(checkLayers(project)).toEqual([]);
  });

  it.each([
    ['a layer above', "import { createWorld } from '../world/index.ts';"],
    ['a type of it', "import type { World } from '../world/index.ts';"],
    ['a type of it, in passing', "export type W = import('../world/index.ts').World;"],
    ['what it gives on', "export * from '../world/index.ts';"],
    ['a name that it gives on', "export { createWorld } from '../world/index.ts';"],
    ['it, later', "export const load = () => import('../world/index.ts');"],
  ])('forbids a layer to use %s', async (_, source) => {
    expect(await saidOf('harness/ledger/made-up.ts', source)).toEqual([
      'harness/ledger/made-up.ts uses harness/world/index.ts: ledger stands below world, so it must not know it.',
    ]);
  });

  it('forbids a layer to use one beside it', async () => {
    expect(await saidOf('harness/proxy/deep/made-up.ts', "import '../../gitlab/index.ts';")).toEqual([
      'harness/proxy/deep/made-up.ts uses harness/gitlab/index.ts: proxy stands beside gitlab, so it must not know it.',
    ]);
  });

  it.each([
    ['harness/world/made-up.ts', "import '../ledger/index.ts'; import './own.ts'; import 'node:fs'; import 'zod';"],
    ['harness/kit/gitlab/made-up.ts', "import '../world/file.ts';"],
    ['harness/index.ts', "import './cli/main.ts';"],
    ['test/ledger/made-up.ts', "import '../../harness/cli/main.ts';"],
    ['harness/ledger/made-up.ts', "// import '../world/index.ts';\nexport const said = \"from '../world/index.ts'\";"],
  ])('lets %s use what it may', async (from, source) => {
    expect(await saidOf(from, source)).toEqual([]);
  });

  it.each([
    ['the face of the package', 'harness/kit/made-up.ts', "import '../index.ts';"],
    ['tests', 'harness/kit/made-up.ts', "import '../../test/a.ts';"],
  ])('forbids a layer to use %s', async (_, from, source) => {
    expect(await saidOf(from, source)).toEqual([expect.stringMatching(/, which is no part of a layer\.$/)]);
  });

  it('asks where a new layer stands', async () => {
    expect(await saidOf('harness/novel/made-up.ts', "import '../ledger/index.ts';")).toEqual([
      'harness/novel/ is no layer yet: layers.json must say where it stands.',
    ]);
  });
});

describe('a scenario', () => {
  it('imports the kit and what its family shares', async () => {
    const source = "import '../../harness/kit/index.ts'; import './_shared.ts'; import './_rules/one.ts';";
    expect(await saidOf('scenarios/git/made-up.ts', source)).toEqual([]);
  });

  it.each([
    '../../harness/conformance/index.ts',
    '../../harness/kit/docker/images.ts',
    '../../harness/index.ts',
    './another.ts',
    '../polling/_requests.ts',
  ])('may not import %s', async (name) => {
    expect(await saidOf('scenarios/git/made-up.ts', `import '${name}';`)).toEqual([
      expect.stringMatching(
        /^scenarios\/git\/made-up\.ts uses .*: a scenario imports harness\/kit\/index\.ts, and files/,
      ),
    ]);
  });
});

describe('a circle', () => {
  const lint = async (files: Readonly<Record<string, string>>): Promise<string> => {
    await using made = await projectOf(files);
    const biome = join(project, 'node_modules/@biomejs/biome/bin/biome');
    const only = ['--only=suspicious/noImportCycles', '.'];
    const { failed, all } = await execa(process.execPath, [biome, 'lint', ...only], {
      cwd: made.root,
      all: true,
      reject: false,
    });
    return failed ? all : 'no circle';
  };

  it('is refused, also one of types alone', async () => {
    const circle = {
      'harness/ledger/a.ts': "import type { B } from './b.ts';\nexport type A = B;\n",
      'harness/ledger/b.ts': "import type { C } from './c.ts';\nexport type B = C;\n",
      'harness/ledger/c.ts': "export type { A as C } from './a.ts';\n",
    };
    expect(await lint(circle)).toContain('This import is part of a cycle');
    expect(await lint({ ...circle, 'harness/ledger/c.ts': 'export type C = 1;\n' })).toBe('no circle');
  });
});
