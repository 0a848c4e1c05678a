import { expect, it } from 'vitest';
import { run } from '../../harness/process/index.ts';

const KIT = new URL('../../harness/kit/index.ts', import.meta.url).href;

/** Prints the packages, and the folders of ours, that a process loads with the kit. */
const PROGRAM = `
import { registerHooks } from 'node:module';
const packages = new Set();
const folders = new Set();
registerHooks({
  load(url, context, next) {
    const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? [];
    const [, folder] = /\\/harness\\/([^/]+)\\//.exec(url) ?? [];
    if (name) packages.add(name);
    else if (folder) folders.add(folder);
    return next(url, context);
  },
});
await import('${KIT}');
console.log(JSON.stringify({ packages: [...packages], folders: [...folders] }));
`;

/** What has nothing to start. */
const SMALL = ['fastest-levenshtein', 'markdown-table', 'semver', 'smol-toml', 'yaml', 'zod'];
const PEERS = ['cli', 'gitlab', 'proxy', 'report', 'runner', 'tls', 'world'];

it('loads no peer, since list and show load every scenario', async () => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    limitMs: 60_000,
  });
  const { packages, folders } = JSON.parse(stdout) as { packages: string[]; folders: string[] };
  expect(packages.filter((each) => !SMALL.includes(each))).toEqual([]);
  expect(folders.filter((each) => PEERS.includes(each))).toEqual([]);
  expect(folders).toContain('kit');
});
