import type { EventBody, Stamp } from './event.ts';

/**
 * What stands in a field, which says how it is redacted:
 * - `own`: fixed words, names, numbers and digests of ours, in which nothing of the subject's stands;
 * - `text`: a whole text;
 * - `part`: a part of something longer, or of what came in several pieces, so that it may begin or end inside a secret;
 * - `headers`: pairs of name and value;
 * - `environment`: variables as `NAME=value`;
 * - `arguments`: the words of a command;
 * - `words`: names and values of a scenario's own;
 * - `named`: names and values that strangers gave, where the name tells whether the value is a secret;
 * - `fields`: further fields.
 */
export type FieldKind =
  | 'own'
  | 'text'
  | 'part'
  | 'headers'
  | 'environment'
  | 'arguments'
  | 'words'
  | 'named'
  | 'fields';

/** The names of all fields of an event, and of what its fields consist of. */
type FieldsOf<T> = T extends readonly (infer Each)[]
  ? FieldsOf<Each>
  : T extends object
    ? string extends keyof T
      ? never
      : { [Name in keyof T & string]: Name | FieldsOf<T[Name]> }[keyof T & string]
    : never;

type FieldName = FieldsOf<EventBody> | FieldsOf<Stamp>;

/** A field that is added to an event does not compile until it stands here. */
const KINDS = {
  seq: 'own',
  case: 'own',
  t: 'own',
  peer: 'own',
  kind: 'own',
  startedAt: 'own',
  clock: 'own',
  isolation: 'own',
  axes: 'words',
  profile: 'text',
  kept: 'own',
  what: 'part',
  limitMs: 'own',
  awaited: 'part',
  says: 'part',
  during: 'own',
  why: 'part',
  who: 'own',
  ms: 'own',
  slowdown: 'own',
  mark: 'text',
  watchedMs: 'own',
  connection: 'own',
  via: 'own',
  from: 'text',
  to: 'text',
  tls: 'own',
  subject: 'text',
  verified: 'own',
  bytesIn: 'own',
  bytesOut: 'own',
  exchange: 'own',
  method: 'part',
  target: 'part',
  httpVersion: 'text',
  headers: 'headers',
  requestKind: 'own',
  bytes: 'own',
  sha256: 'own',
  digestedBytes: 'own',
  formSha256: 'own',
  text: 'part',
  complete: 'own',
  status: 'own',
  reason: 'part',
  madeBy: 'own',
  planned: 'fields',
  occurrence: 'own',
  resetAt: 'own',
  resetTime: 'text',
  retryAfter: 'text',
  bytesUp: 'own',
  bytesDown: 'own',
  protocol: 'own',
  detail: 'part',
  process: 'own',
  command: 'arguments',
  code: 'own',
  signal: 'text',
  stream: 'own',
  line: 'part',
  fields: 'named',
  name: 'text',
  state: 'text',
  does: 'text',
  job: 'own',
  failureReason: 'text',
  range: 'own',
  trace: 'fields',
  checksumMatches: 'own',
  exitCode: 'own',
  exits: 'own',
  odd: 'own',
  artifact: 'fields',
  files: 'text',
  source: 'text',
  version: 'text',
  apiVersion: 'text',
  minApiVersion: 'text',
  upMs: 'own',
  parts: 'named',
  container: 'text',
  image: 'text',
  address: 'text',
  addresses: 'text',
  inspect: 'fields',
  env: 'environment',
  labels: 'named',
  privileged: 'own',
  network: 'text',
  extraHosts: 'text',
  scheme: 'text',
  step: 'own',
  user: 'text',
  domain: 'text',
  workstation: 'text',
} as const satisfies Readonly<Record<FieldName, FieldKind>>;

/** What stands in a field; of one that no event has, a text. */
export const kindOf = (name: string): FieldKind => BY_NAME.get(name) ?? 'text';

const BY_NAME: ReadonlyMap<string, FieldKind> = new Map(Object.entries(KINDS));
