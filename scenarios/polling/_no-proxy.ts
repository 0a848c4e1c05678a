import type { Axis } from '../../harness/kit/index.ts';

/** One way to write NO_PROXY. */
interface Spelling {
  /** The variable's value for GitLab's host and port. */
  readonly value: (host: string, port: string) => string;
  readonly variable?: 'NO_PROXY' | 'no_proxy';
  /** The lower-case variable, where it says something else. */
  readonly lowerCase?: (host: string) => string;
  /** Whether it names GitLab. */
  readonly matches: boolean;
  /** Whether GitLab's URL names no port. */
  readonly defaultPort?: boolean;
}

const SPELLINGS = {
  exact: { value: (host) => host, matches: true },
  'exact-with-port': { value: (host, port) => `${host}:${port}`, matches: true },
  'default-port': { value: (host, port) => `${host}:${port}`, matches: true, defaultPort: true },
  'dot-suffix': { value: (host) => host.replace(/^[^.]+/, ''), matches: true },
  star: { value: () => '*', matches: true },
  'in-a-list': { value: (host) => `localhost,127.0.0.1,10.0.0.0/8,${host},.internal.invalid`, matches: true },
  'with-spaces': { value: (host) => `localhost, 10.0.0.0/8 ,\t${host} , .internal.invalid`, matches: true },
  'capital-letters': { value: (host) => host.toUpperCase(), matches: true },
  'upper-case-variable': { value: (host) => host, variable: 'NO_PROXY', matches: true },
  'lower-case-variable': { value: (host) => host, variable: 'no_proxy', matches: true },
  // Of both variables Go's clients take the upper-case one.
  'lower-case-differs': { value: () => 'other.invalid', lowerCase: (host) => host, matches: false },
  'other-host': { value: () => 'other.invalid', matches: false },
  'other-port': { value: (host, port) => `${host}:${Number(port) === 1 ? 2 : 1}`, matches: false },
  // The end of a name is no suffix of it unless a dot comes before.
  'partial-name': { value: (host) => host.slice(3), matches: false },
} as const satisfies Record<string, Spelling>;

type SpellingName = keyof typeof SPELLINGS;

export const spellingAxis = { values: Object.keys(SPELLINGS) as SpellingName[] } as const satisfies Axis;

export const spellingOf = (name: string | undefined): Spelling => SPELLINGS[(name ?? 'exact') as SpellingName];
