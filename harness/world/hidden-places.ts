import { lstatSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boundSockets, homeDirectory, NO_HOME, SEARCH_PATH } from '../process/index.ts';
import type { View } from './namespace/index.ts';
import { findRunDirectories } from './run-directory.ts';

/** The programs of this tool itself. */
const OWN_PROGRAMS = fileURLToPath(new URL('..', import.meta.url));

/** Where this machine has sockets of its services, shared memory, and everybody's temporary files. */
const SYSTEM = ['/run', '/var/run', '/tmp', '/var/tmp', '/dev/mqueue', '/etc/gitlab-runner', '/etc/cntlm.conf'];

/** Where the programs of whoever runs this keep credentials, below a home directory. */
const AT_HOME = [
  '.aws',
  '.azure',
  '.cache',
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.config',
  '.docker',
  '.git-credentials',
  '.gitconfig',
  '.gitlab-runner',
  '.gnupg',
  '.kube',
  '.local/share/keyrings',
  '.m2/settings.xml',
  '.netrc',
  '.npmrc',
  '.password-store',
  '.pypirc',
  '.ssh',
  '.terraform.d',
  '.vault-token',
];

/** What a run hides and shows besides what every run does. */
export interface ViewOptions {
  /** Where the run has its temporary directory; those of other runs lie beside it. */
  readonly runDir: string;
  /** Further directories and files to be hidden, such as reports. */
  readonly hidden: readonly string[];
  /** What a subject needs, wherever it is: its program, the world's own directory. */
  readonly visible: readonly string[];
  /** What is needed to set the namespace up, and is not for the subject to change. */
  readonly readable?: readonly string[];
  /** The home of whoever runs this; the system's answer by default. */
  readonly home?: string;
}

/**
 * What of this machine a subject does not see, as it is now. A socket that somebody binds later is hidden only where its
 * directory is.
 */
export function hiddenPlaces(options: ViewOptions): View {
  const { runDir, hidden, visible, readable = [], home = homeDirectory() ?? NO_HOME } = options;
  const places = [
    ...SYSTEM,
    ...[tmpdir(), dirname(runDir)].flatMap((each) => temporary(each, home)),
    ...AT_HOME.map((each) => join(home, each)),
    ...hidden,
    ...boundSockets().filter(isSocket),
  ];
  const found = [...new Set(places.flatMap((each) => real(each) ?? []))].filter((each) => each !== '/');
  const kept = [...visible, OWN_PROGRAMS, process.execPath, ...SEARCH_PATH.split(delimiter)].flatMap(names);
  return {
    empty: found.filter(isDirectory),
    covered: found.filter((each) => !isDirectory(each)),
    kept: [...new Set(kept)],
    readable: readable.flatMap(names),
  };
}

/** A directory for temporary files; of one that has more than that, such as a home, the directories of runs alone. */
function temporary(dir: string, home: string): string[] {
  const place = real(dir);
  const precious = [home, OWN_PROGRAMS, process.cwd()].flatMap((each) => real(each) ?? []);
  const more = precious.some((each) => each === place || each.startsWith(place === '/' ? '/' : `${place}/`));
  return more && !SYSTEM.includes(dir) ? findRunDirectories(dir).map((each) => each.dir) : [dir];
}

/** What a path leads to, and the path itself where it is a link. */
function names(path: string): string[] {
  const end = real(path);
  const parent = real(dirname(path));
  return end === undefined || parent === undefined ? [] : [end, join(parent, basename(path))];
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

const isDirectory = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isSocket = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSocket() ?? false;
