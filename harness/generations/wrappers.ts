import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';

/** Where the scripts are that start programs of a root, by the programs' names. */
export const WRAPPERS = 'start';
/** Where the loader has the name of each program: a process is known by the name of the file that was started. */
const LOADERS = 'start/loader';

/** Where a suite has libraries: since trixie in the second alone. */
const LIBRARIES = ['lib', 'usr/lib'];

/**
 * Makes a script for each program of a root that starts it by the root's own loader, with the root's own libraries. The root
 * may be moved afterwards.
 * @param programs the paths in the root at which each may be, by its name; the first that is there counts
 * @param folder of more programs, by a path in the root; each has its own name
 * @throws Error when a program or the loader is not there, as half a sentence
 */
export async function makeWrappers(
  root: string,
  programs: Readonly<Record<string, readonly string[]>>,
  folder: string,
): Promise<void> {
  const { loader, libraries } = await loaderIn(root);
  await mkdir(join(root, LOADERS), { recursive: true });
  const named = Object.entries(programs).map(([name, paths]): [string, string] => {
    const path = paths.find((each) => existsSync(join(root, each)));
    if (path === undefined) throw new Error(`its packages bring no ${name}`);
    return [name, path];
  });
  const more = (await readdir(join(root, folder))).map((name): [string, string] => [name, join(folder, name)]);
  for (const [name, path] of [...named, ...more]) {
    await symlink(relative(LOADERS, loader), join(root, LOADERS, name));
    await writeFile(join(root, WRAPPERS, name), script(name, path, libraries), { mode: 0o755 });
  }
}

const script = (name: string, path: string, libraries: readonly string[]): string => `#!/bin/sh
root=\${0%/*}/..
exec "$root/${LOADERS}/${name}" --library-path "${libraries.map((each) => `$root/${each}`).join(':')}" "$root/${path}" "$@"
`;

/** The loader of a root and where its libraries are, as paths in the root. */
async function loaderIn(root: string): Promise<{ loader: string; libraries: readonly string[] }> {
  const libraries: string[] = [];
  let loader: string | undefined;
  for (const place of LIBRARIES) {
    for (const name of (await readdir(join(root, place)).catch(() => [])).filter((each) => each.includes('-linux-'))) {
      const dir = join(place, name);
      libraries.push(dir);
      const found = (await readdir(join(root, dir))).find((each) => /^ld-linux.*\.so\.\d+$/.test(basename(each)));
      if (found !== undefined) loader ??= join(dir, found);
    }
  }
  if (loader === undefined) throw new Error('its libc brings no loader');
  return { loader, libraries };
}
