import { z } from 'zod';
import { oneOf, type Shape } from '../schema/index.ts';
import type { EventBody, LedgerEvent, Peer, RequestKind, Stamp, Via } from './event.ts';

/** No case lasts 30,000 years; a moment that far away is still one that a date can name. In milliseconds. */
const FURTHEST_MS = 1e15;

const text = z.string();
const maybeText = text.exactOptional();
const flag = z.boolean();
const count = z.int().min(0);
const whole = z.int();
const ms = z.number().min(-FURTHEST_MS).max(FURTHEST_MS);
const texts = z.array(text);
const named = z.record(z.string(), text);
const via = oneOf<Via>({ proxy: true, direct: true, subject: true });
const headers = z.array(z.tuple([text, text]));
const body = {
  bytes: count,
  sha256: text,
  digestedBytes: count.exactOptional(),
  formSha256: maybeText,
  text: maybeText,
  complete: flag,
};
const bodyRecord = z.object(body).exactOptional();

const stamp = {
  seq: z.int().min(1),
  case: text,
  t: ms,
  peer: oneOf<Peer>({ harness: true, subject: true, proxy: true, gitlab: true, registry: true, tripwire: true }),
} satisfies Shape<Stamp>;

/** What a request asks GitLab or its registry for. */
export const requestKindSchema = oneOf<RequestKind>({
  job: true,
  trace: true,
  update: true,
  register: true,
  verify: true,
  unregister: true,
  'reset-token': true,
  upload: true,
  download: true,
  discovery: true,
  git: true,
  lfs: true,
  'object-storage': true,
  registry: true,
  'registry-token': true,
  cache: true,
  unknown: true,
});

const planned = z.object({
  occurrence: count,
  resetAt: ms.exactOptional(),
  resetTime: maybeText,
  retryAfter: maybeText,
});

const inspect = z.object({
  env: texts,
  command: texts,
  labels: named,
  privileged: flag,
  network: text,
  extraHosts: texts,
});

/** What an event of each kind has besides its kind and its stamp. */
const bodies = {
  'case-start': {
    startedAt: ms,
    clock: z.enum(['real', 'simulated']),
    isolation: z.enum(['namespace', 'dialer', 'names']),
    axes: named,
    profile: text,
  },
  'case-end': {},
  'case-closed': { kept: flag.exactOptional() },
  waited: { what: text, limitMs: ms },
  'gave-up': { awaited: text, limitMs: ms, says: text },
  broken: { during: z.enum(['build', 'act', 'teardown']), why: text },
  late: { who: z.enum(['harness', 'machine']), ms, slowdown: z.number().exactOptional() },
  act: { what: text, mark: maybeText, watchedMs: ms.exactOptional() },
  connection: { connection: text, via, from: text, to: text, tls: flag },
  'client-certificate': { connection: text, subject: maybeText, verified: flag, reason: maybeText },
  'connection-end': { connection: text, bytesIn: count, bytesOut: count },
  request: {
    connection: text,
    exchange: text,
    via,
    method: text,
    target: text,
    httpVersion: text,
    headers,
    requestKind: requestKindSchema.exactOptional(),
  },
  'request-body': { exchange: text, ...body },
  response: {
    exchange: text,
    status: whole,
    reason: text,
    headers,
    madeBy: z.enum(['self', 'origin']),
    planned: planned.exactOptional(),
  },
  'response-body': { exchange: text, ...body },
  'tunnel-end': { exchange: text, bytesUp: count, bytesDown: count },
  tripwire: {
    from: text,
    to: text,
    protocol: z.enum(['http', 'tls', 'other', 'silent']),
    detail: text,
    headers: headers.exactOptional(),
  },
  lookup: { name: text, address: maybeText },
  'process-start': { process: text, command: texts },
  'process-exit': { process: text, code: whole.nullable(), signal: text.nullable() },
  log: {
    process: maybeText,
    stream: z.enum(['stdout', 'stderr', 'access', 'cache']),
    line: text,
    fields: z.record(z.string(), z.union([text, z.number(), flag])).exactOptional(),
  },
  fault: { name: text, state: z.enum(['on', 'off', 'struck']), does: maybeText, detail: maybeText },
  job: {
    job: whole,
    what: z.enum(['queued', 'handed-out', 'running', 'trace', 'finished', 'artifact', 'canceled']),
    state: maybeText,
    failureReason: maybeText,
    range: z.tuple([whole, whole]).exactOptional(),
    trace: bodyRecord,
    checksumMatches: flag.exactOptional(),
    exitCode: whole.exactOptional(),
    exits: whole.exactOptional(),
    artifact: bodyRecord,
    files: texts.exactOptional(),
  },
  engine: {
    source: text,
    version: text,
    apiVersion: text,
    minApiVersion: text,
    upMs: ms.exactOptional(),
    parts: named,
  },
  container: {
    what: z.enum(['created', 'started', 'died']),
    container: text,
    name: text,
    image: text,
    code: whole.exactOptional(),
    addresses: texts.exactOptional(),
    inspect: inspect.exactOptional(),
  },
  authentication: {
    exchange: text,
    scheme: text,
    step: z.enum(['challenged', 'granted', 'refused']),
    user: maybeText,
    domain: maybeText,
    workstation: maybeText,
    reason: maybeText,
  },
  flag: { what: text, odd: z.literal(true).exactOptional(), exchange: maybeText },
} satisfies { readonly [K in Kind]: Shape<Omit<BodyOf<K>, 'kind'>> };

/** How an event of each kind is checked. */
export const eventSchemas: ReadonlyMap<string, z.ZodType<LedgerEvent>> = new Map(
  Object.entries(bodies).map(([kind, shape]) => [
    kind,
    z.object({ ...stamp, kind: z.literal(kind), ...shape }) as unknown as z.ZodType<LedgerEvent>,
  ]),
);

/**
 * Checks what stands in a line of a ledger. Fields that its kind does not have are left out.
 * @param value the line, parsed
 * @returns the event; or what is wrong with it, and where, as half a sentence
 */
export function checkEvent(value: unknown): { readonly event: LedgerEvent } | { readonly problem: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'it is no JSON object' };
  const { kind } = value as { kind?: unknown };
  const schema = typeof kind === 'string' ? eventSchemas.get(kind) : undefined;
  if (!schema) return { problem: `at kind, expected one of ${[...eventSchemas.keys()].join(', ')}` };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { event: parsed.data };
  const [issue] = parsed.error.issues;
  return { problem: `at ${issue?.path.join('.') ?? kind}, ${lowered(issue?.message ?? 'it is not as expected')}` };
}

/** Zod begins its messages with this; the sentence has said so already. */
const lowered = (message: string): string =>
  message.replace(/^Invalid (input|option): /, '').replace(/^[A-Z]/, (first) => first.toLowerCase());

type Kind = EventBody['kind'];
type BodyOf<K extends Kind> = Extract<EventBody, { kind: K }>;
// What may be recorded must be read again: a schema that is narrower than its type does not compile.
type Parsed = {
  [K in Kind]: { kind: K } & (keyof (typeof bodies)[K] extends never
    ? unknown
    : z.infer<z.ZodObject<(typeof bodies)[K]>>);
};
type ReadOnly<T> = T extends readonly unknown[] | object ? { readonly [P in keyof T]: ReadOnly<T[P]> } : T;
type Narrower = { [K in Kind]: BodyOf<K> extends ReadOnly<Parsed[K]> ? never : K }[Kind];
const _narrower: [Narrower] extends [never] ? 'none' : Narrower = 'none';
void _narrower;
