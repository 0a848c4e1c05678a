import type { Writable } from 'node:stream';
import type { Blueprint } from './blueprint.ts';
import { incompressible, lfsPointer, type TreeFile } from './content.ts';

/** When the first commit was made, in seconds since the epoch; each later one a minute later. */
const FIRST_COMMIT = 1_700_000_000;
const AUTHOR = 'Proxyproof <proxyproof@example.invalid>';

/** Writes a blueprint in the language of `git fast-import`. */
export async function writeFastImport(blueprint: Blueprint, stdin: Writable): Promise<void> {
  const say = async (part: string | Buffer): Promise<void> => {
    if (!stdin.write(part)) await drained(stdin);
  };
  const put = async ({ path, content }: TreeFile): Promise<void> => {
    await say(`M 100644 inline ${quoted(path)}\ndata ${content.length}\n`);
    await say(content);
    await say('\n');
  };
  for (let commit = 1; commit <= blueprint.commits; commit++) {
    const message = `Commit ${commit} of ${blueprint.commits}\n`;
    const when = `${AUTHOR} ${FIRST_COMMIT + commit * 60} +0000`;
    await say(
      `commit refs/heads/main\nauthor ${when}\ncommitter ${when}\ndata ${Buffer.byteLength(message)}\n${message}`,
    );
    if (commit === 1) {
      for (const file of smallFiles(blueprint)) await put(file);
      for (const [path, { head }] of Object.entries(blueprint.submodules))
        await say(`M 160000 ${head} ${quoted(path)}\n`);
      if (blueprint.bytes > 0) for (const file of incompressible('proxyproof', blueprint.bytes)) await put(file);
    }
    if (blueprint.commits > 1) await put({ path: 'COMMIT', content: Buffer.from(`${commit}\n`) });
  }
  await say('done\n');
}

/** Resolves when there is room again, or nobody reads any more. */
function drained(stdin: Writable): Promise<void> {
  if (stdin.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const go = (): void => {
      stdin.off('drain', go).off('close', go);
      resolve();
    };
    stdin.on('drain', go).on('close', go);
  });
}

function smallFiles({ files, lfs, submodules }: Blueprint): TreeFile[] {
  const all = Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) }));
  const pointers = Object.entries(lfs).map(([path, text]) => ({
    path,
    content: lfsPointer(Buffer.from(text)).pointer,
  }));
  const written = new Map([...all, ...pointers].map((file) => [file.path, file]));
  const append = (path: string, text: string): void => {
    const before = written.get(path)?.content ?? Buffer.alloc(0);
    if (text !== '') written.set(path, { path, content: Buffer.concat([before, Buffer.from(text)]) });
  };
  append('.gitattributes', attributesOf(Object.keys(lfs)));
  append('.gitmodules', modulesOf(submodules));
  return [...written.values()];
}

const attributesOf = (paths: readonly string[]): string =>
  paths.map((path) => `${path.replaceAll(' ', '[[:space:]]')} filter=lfs diff=lfs merge=lfs -text\n`).join('');

const modulesOf = (submodules: Blueprint['submodules']): string =>
  Object.entries(submodules)
    .map(([path, { url }]) => `[submodule "${path}"]\n\tpath = ${path}\n\turl = ${url}\n`)
    .join('');

/** A path as fast-import takes any: in the quotes of C. */
const quoted = (path: string): string => `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
