import { findProgram } from '../../process/index.ts';

const NAMES = ['unshare', 'nsenter', 'ip', 'mount', 'sh', 'cat'] as const;

/** Absolute paths of the programs that make namespaces: util-linux, iproute2 and a shell. */
export type NamespaceTools = Readonly<Record<(typeof NAMES)[number], string>>;

/** @throws Error that names what is missing and how to get it */
export function namespaceTools(): NamespaceTools {
  const found = NAMES.map((name) => [name, findProgram(name)] as const);
  const missing = found.filter(([, file]) => file === undefined).map(([name]) => name);
  if (missing.length > 0) {
    throw new Error(`there is no ${missing.join(', no ')} (Debian, Ubuntu: apt-get install util-linux mount iproute2)`);
  }
  return Object.fromEntries(found) as NamespaceTools;
}

/** The kinds of namespaces (namespaces(7)) that a subject has of its own, as unshare and nsenter call them. */
export const KINDS: readonly string[] = ['--net', '--mount', '--pid', '--ipc', '--uts'];

/** Arguments of `unshare` for namespaces that end with their first process. */
export const UNSHARE: readonly string[] = [...KINDS, '--fork', '--kill-child', '--mount-proc'];
