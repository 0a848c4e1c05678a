import type { Choice } from './choice.ts';
import type { Target } from './target.ts';

/** The environment of a program. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Finds a name's address, as the client's machine would; undefined when it is not known. */
export type Resolve = (host: string) => string | undefined;

/** Every client of the table. */
export const CLIENT_IDS = [
  'curl',
  'wget',
  'git',
  'docker',
  'dockerd',
  'go',
  'python-urllib',
  'python-requests',
  'ruby',
  'node-fetch',
  'node-http',
  'php-curl',
  'php-streams',
  'java-httpclient',
  'java-urlconnection',
  'java-httpclient-system',
  'java-urlconnection-system',
] as const;

export type ClientId = (typeof CLIENT_IDS)[number];

/** How one client chooses between a proxy and the direct way: a model, which the measured table keeps honest. */
export interface Client {
  readonly id: ClientId;
  /** As people call it. */
  readonly title: string;
  /** Which program's version decides, by its name in the measured table. */
  readonly program: string;
  /** @param resolve for clients that look a name up to compare its address; none is known by default */
  readonly choose: (env: Env, target: Target, resolve?: Resolve) => Choice;
}
