import type { Verb } from './verb.ts';

/** A line of the table of verbs. The verb itself is loaded when its name is on the command line, or when all are listed. */
export interface VerbEntry {
  readonly name: string;
  readonly load: () => Promise<Verb>;
}

/** Every verb, in the order of the help. */
export const verbs: readonly VerbEntry[] = [
  { name: 'run', load: async () => (await import('./run.ts')).run },
  { name: 'list', load: async () => (await import('./list.ts')).list },
  { name: 'show', load: async () => (await import('./show.ts')).show },
  { name: 'recheck', load: async () => (await import('./recheck.ts')).recheck },
  { name: 'merge', load: async () => (await import('./merge.ts')).merge },
  { name: 'images', load: async () => (await import('./images.ts')).images },
  { name: 'check', load: async () => (await import('./check.ts')).check },
  { name: 'no-proxy', load: async () => (await import('./no-proxy.ts')).noProxy },
  { name: 'doctor', load: async () => (await import('./doctor.ts')).doctor },
  { name: 'clean', load: async () => (await import('./clean.ts')).clean },
];
