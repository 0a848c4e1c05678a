import { expect, it } from 'vitest';
import { run } from '../../harness/process/index.ts';

const KIT = new URL('../../harness/kit/index.ts', import.meta.url).href;

/** Prints the packages that a process loads with the kit. */
const PROGRAM = `
import { registerHooks } from 'node:module';
const packages = new Set();
registerHooks({
  load(url, context, next) {
    const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? [];
    if (name) packages.add(name);
    return next(url, context);
  },
});
await import('${KIT}');
console.log(JSON.stringify([...packages].sort()));
`;

it('loads no peer, since list and show load every scenario', async () => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    limitMs: 60_000,
  });
  expect(JSON.parse(stdout)).toEqual(['semver', 'smol-toml', 'zod']);
});
