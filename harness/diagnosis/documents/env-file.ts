import { dumpAssignments, environmentFileAssignments, etcEnvironmentAssignments } from './_environment-file.ts';
import { shellAssignments } from './_shell.ts';
import type { EnvFileDocument, Piece, Reader } from './document.ts';

type Flavour = EnvFileDocument['flavour'];

const ASSIGNMENT = /^[ \t]*(?:export\s+|declare -\w+ |typeset -\w+ |setenv\s+)?[A-Za-z_][\w-]*\s*[=\s]/;
/** Variables that nobody writes into a file of proxies: what a running process has. */
const OF_PROCESS =
  /^(?:export |declare -x )?(?:PWD|OLDPWD|SHLVL|HOSTNAME|CI_JOB_ID|CI_PROJECT_DIR|HOME|_|LOGNAME|XDG_SESSION_ID|SHELL|INVOCATION_ID)=/gm;
const SHELL_PATH =
  /(?:^|\/)(?:\.?(?:bash|zsh|ksh|csh|tcsh)rc|\.?(?:bash_|z)?profile|\.bash_login|bash\.bashrc|\.zshenv|profile\.local)$|profile\.d\/|\.(?:sh|bash|csh)$/;

/** Lines of NAME=value: EnvironmentFile, /etc/environment, profiles of shells, and what env prints. */
export const envFileReader: Reader = {
  title: 'variables of an environment',
  knows: ({ path, text }) => {
    const head = text.slice(0, 64 * 1024);
    const lines = head.split(/\r?\n/).filter((line) => !/^[ \t]*(?:#|;|$)/.test(line));
    if (/^[ \t]*\[[\w .-]+\]\s*$/m.test(head)) return 0;
    const assigned = lines.filter((line) => ASSIGNMENT.test(line) && line.includes('=')).length;
    if (isEtcEnvironment(path) || OF_SERVICE.test(path)) return 3;
    if (SHELL_PATH.test(path)) return 3;
    if (/^#!.*\b(?:ba|da|z|k)?sh\b/.test(head)) return assigned > 0 ? 2 : 1;
    const sets = lines.some((line) => /^[ \t]*(?:export\s+|declare -x )?\w*_?proxy["']?\s*=/i.test(line));
    if (/(?:^|\/)etc\/(?:default|sysconfig)\//.test(path)) return sets || assigned === lines.length ? 3 : 2;
    if (lines.length === 0) return /\.env$|(?:^|\/)env(?:\.txt)?$/.test(path) ? 2 : 0;
    if (assigned < lines.length * 0.7) return 0;
    const isNamed = /(?:^|[/_.-])(?:env|environ|environment|printenv|export|variables)(?:[_.-]|$)/i.test(path);
    if (isNamed) return 3;
    if (/(?:^|\/)(?:default|sysconfig)[/_-]/.test(path)) return 3;
    return sets && /^[\w$.-]/.test(lines[0]?.trim() ?? '') ? 1 : (head.match(OF_PROCESS)?.length ?? 0) >= 3 ? 1 : 0;
  },
  read: (piece) => [document(piece)],
};

/** What `collect` found in /proc of a running service. */
const OF_SERVICE = /(?:^|\/)environment-of-[\w-]+\.txt$/;

const isEtcEnvironment = (path: string): boolean =>
  /(?:^|\/)etc[/_-]environment(?:\.txt)?$/.test(path) ||
  /(?:^|\/)environment$/.test(path) ||
  /(?:^|\/)etc\/environment\.d\//.test(path);

function flavourOf({ path, text }: Piece): Flavour {
  if (OF_SERVICE.test(path)) return 'process';
  if (isEtcEnvironment(path)) return 'etc-environment';
  if (SHELL_PATH.test(path) || text.startsWith('#!')) return 'shell';
  if (/(?:^|\/)(?:default|sysconfig)[/_-]/.test(path)) return 'environment-file';
  const head = text.slice(0, 64 * 1024);
  if ((head.match(OF_PROCESS)?.length ?? 0) >= 2 || /^declare -x /m.test(head)) return 'dump';
  if (/(?:^|\/)etc\//.test(path) || /\.(?:env|conf|envfile)$/.test(path)) return 'environment-file';
  if (/(?:^|[/_.-])(?:env|environ|printenv)(?:[_.-]|$)/i.test(path)) return 'dump';
  return /^[ \t]*(?:export|setenv)\s/m.test(head) ? 'shell' : 'environment-file';
}

const READ = {
  'environment-file': environmentFileAssignments,
  'etc-environment': etcEnvironmentAssignments,
  shell: shellAssignments,
  dump: dumpAssignments,
  process: dumpAssignments,
} as const;

function document(piece: Piece): EnvFileDocument {
  const { file, text, skipped } = piece;
  const flavour = flavourOf(piece);
  return {
    kind: 'env-file',
    piece,
    flavour,
    assignments: READ[flavour](text).map(({ line, ...rest }) => ({ ...rest, file, line: skipped + line })),
  };
}
