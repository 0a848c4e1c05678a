import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { Installation } from '../../subject.ts';
import { quote } from '../job/shell-quote.ts';
import type { ReferenceOptions } from '../options.ts';

const here = import.meta.dirname;
const PROGRAM = join(here, `main${extname(import.meta.filename)}`);
/** All that the program's own files import lies below it. */
const SOURCES = join(here, '../../..');

/**
 * Installs the reference runner where gitlab-runner would be: a script of that name, which starts it with this
 * project's own Node. Its files are mounted at the paths that they have here.
 * @throws Error when the packages it needs are not installed
 */
export function referenceInstallation({ profile, mutant }: ReferenceOptions): Installation {
  const modules = modulesDirectory();
  const mounts = new Set([SOURCES, packageFile(), modules, realpathSync(modules)]);
  const words = [
    nodeBinary(modules),
    '--disable-warning=ExperimentalWarning',
    PROGRAM,
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(mutant === undefined ? [] : ['--mutant', mutant]),
  ];
  return {
    volumes: [...mounts].map((path) => `${path}:${path}:ro`),
    programs: { '/usr/local/bin/gitlab-runner': `#!/bin/sh\nexec ${words.map(quote).join(' ')} "$@"\n` },
  };
}

/** The directory of packages that the program's imports are found in. */
function modulesDirectory(): string {
  const found = createRequire(PROGRAM)
    .resolve.paths('smol-toml')
    ?.find((path) => existsSync(join(path, 'smol-toml')));
  if (found !== undefined) return found;
  throw new Error(`No node_modules above ${here} has smol-toml: this installation of proxyproof is not complete.`);
}

/** Says that the files are ES modules. */
function packageFile(): string {
  for (let dir = SOURCES; dir !== dirname(dir); dir = dirname(dir)) {
    const file = join(dir, 'package.json');
    if (existsSync(file)) return file;
  }
  throw new Error(`No package.json above ${SOURCES}: this installation of proxyproof is not complete.`);
}

/** The Node of the package `node`, which needs no library that a Debian image lacks. */
function nodeBinary(modules: string): string {
  const own = join(realpathSync(modules), 'node', 'bin', 'node');
  return existsSync(own) ? own : process.execPath;
}
