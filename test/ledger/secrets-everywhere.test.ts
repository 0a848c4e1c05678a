import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { simulatedClock } from '../../harness/clock/index.ts';
import { eventSchemas } from '../../harness/ledger/event-schema.ts';
import { type EventBody, Ledger, Secrets } from '../../harness/ledger/index.ts';
import { ENCODINGS, SECRETS } from './_secrets.ts';

/** What peers fill from fixed words, numbers and digests. */
const OWN = new Set([
  'seq',
  'case',
  't',
  'peer',
  'kind',
  'sha256',
  'formSha256',
  'exchange',
  'connection',
  'process',
  'profile',
]);

/** A value for a schema, in which every text that is free holds the planted one, keys of records among them. */
function planted(schema: unknown, text: string): unknown {
  const { def } = schema as { def: z.core.$ZodTypeDef & Record<string, unknown> };
  switch (def.type) {
    case 'string':
      return text;
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'enum':
      return Object.keys(def['entries'] as object)[0];
    case 'literal':
      return (def['values'] as unknown[])[0];
    case 'array':
      return [planted(def['element'], text), planted(def['element'], text)];
    case 'tuple':
      return (def['items'] as unknown[]).map((each) => planted(each, text));
    case 'record':
      return { [text]: planted(def['valueType'], text) };
    case 'union':
      return planted((def['options'] as unknown[])[0], text);
    case 'object':
      return Object.fromEntries(
        Object.entries(def['shape'] as object).map(([key, value]) => [
          key,
          OWN.has(key) ? planted(value, 'own') : planted(value, text),
        ]),
      );
    default:
      return planted(def['innerType'], text);
  }
}

/** All texts in a value, keys among them. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
}

function recorded(secrets: Secrets, ...bodies: readonly EventBody[]): string[] {
  const lines: string[] = [];
  let seq = 0;
  const clock = simulatedClock();
  const sink = { nextSeq: () => ++seq, write: () => {} };
  const ledger = new Ledger({ case: 'team/secrets', clock, secrets, sink: sink as never });
  for (const body of bodies) lines.push(ledger.record('harness', body).line);
  return lines;
}

const kinds = [...eventSchemas.keys()];
/** A short secret in an encoding that hides which letters it has is left, see SHORTEST_ENCODED. */
const WORDS = /^[a-z0-9 :,.-]{0,3}$/i;
const HEXADECIMAL = /^[0-9a-f]+$/i;
/** So little of a secret gives nothing away: three characters of it, or three bytes and a half in hexadecimal. */
const saysLittle = (piece: string, form: string): boolean =>
  WORDS.test(piece) || (piece.length < 8 && HEXADECIMAL.test(form));

describe.each(SECRETS.map((secret, at) => ({ secret, name: `secret ${at + 1}` })))('$name', ({ secret }) => {
  it.each(Object.keys(ENCODINGS))('is in no field of any event: %s', (name) => {
    const form = ENCODINGS[name]?.(secret) ?? '';
    const secrets = new Secrets();
    secrets.add('planted', secret);
    secrets.addCredentials('other', 'someone', 'another-password-4711');
    for (const kind of kinds) {
      const body = planted(eventSchemas.get(kind), `begin ${form} end`) as EventBody;
      const [line = ''] = recorded(secrets, body);
      const texts = textsIn(JSON.parse(line));
      expect(texts.filter((each) => each.includes(form) || each.includes(secret))).toEqual([]);
      // What is no secret stays.
      for (const each of texts.filter((text) => text.includes('«'))) expect(each).toMatch(/^begin .*«[^»]+».* end$/s);
    }
  });

  it('is in none of the lines, or parts of a body, that it was split over', () => {
    const secrets = new Secrets();
    secrets.add('planted', secret);
    for (const [name, write] of Object.entries(CUT)) {
      const { before, form, behind } = write(secret);
      for (const pieces of splits(form)) {
        const [first = '', ...others] = pieces;
        const last = others.pop() ?? '';
        for (const kind of ['log', 'request-body', 'command'] as const) {
          const texts = recordedInPieces(secrets, kind, [`begin ${before}${first}`, ...others, `${last}${behind} end`]);
          for (const [nth, piece] of pieces.entries()) {
            if (!saysLittle(piece, form))
              expect(texts[nth], `${name} in ${kind}: ${pieces.join(' | ')}`).not.toContain(piece);
          }
        }
      }
    }
  });
});

/** What of a text is a secret's, and what its neighbours have a part in. */
interface Cut {
  readonly before: string;
  readonly form: string;
  readonly behind: string;
}

const alone = (form: string): Cut => ({ before: '', form, behind: '' });

function among(user: string, secret: string, encoding: 'base64' | 'base64url'): Cut {
  const whole = Buffer.from(`${user}:${secret}`).toString(encoding);
  const from = Math.ceil(((user.length + 1) * 8) / 6);
  const to = Math.floor(((user.length + 1 + Buffer.byteLength(secret)) * 8) / 6);
  return { before: whole.slice(0, from), form: whole.slice(from, to), behind: whole.slice(to) };
}

/** How a secret may be written where a line or a chunk ends in the middle of it. */
const CUT: Readonly<Record<string, (secret: string) => Cut>> = {
  plain: alone,
  percent: (secret) => alone(encodeURIComponent(secret)),
  'percent in lower case': (secret) => alone(encodeURIComponent(secret).replace(/%../g, (each) => each.toLowerCase())),
  JSON: (secret) => alone(JSON.stringify(secret).slice(1, -1)),
  "Go's JSON": (secret) =>
    alone(
      JSON.stringify(secret)
        .slice(1, -1)
        .replace(/[<>&\u0080-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ),
  'base64 of user:secret': (secret) => among('me', secret, 'base64'),
  'base64url of user:secret': (secret) => among('you', secret, 'base64url'),
  'base64 of user:secret, another place': (secret) => among('them', secret, 'base64'),
  hexadecimal: (secret) => alone(Buffer.from(secret).toString('hex')),
};

/** A text in two pieces and in three, cut at many places, four characters or more each. */
function* splits(text: string): Generator<readonly string[]> {
  for (let at = 4; at <= text.length - 4 && at < 30; at++) {
    yield [text.slice(0, at), text.slice(at)];
    const next = at + 5 + (at % 4);
    if (next <= text.length - 4) yield [text.slice(0, at), text.slice(at, next), text.slice(next)];
  }
}

function recordedInPieces(
  secrets: Secrets,
  kind: 'log' | 'request-body' | 'command',
  pieces: readonly string[],
): readonly string[] {
  if (kind === 'command') {
    const [line = ''] = recorded(secrets, { kind: 'process-start', process: 'runner', command: pieces });
    return (JSON.parse(line) as { command: string[] }).command;
  }
  const lines = recorded(
    secrets,
    ...pieces.map((text): EventBody => {
      if (kind === 'log') return { kind, stream: 'stdout', line: text };
      return { kind, exchange: 'p1', bytes: text.length, sha256: '', complete: true, text };
    }),
  );
  return lines.map((line) => {
    const event = JSON.parse(line) as { line?: string; text?: string };
    return event.line ?? event.text ?? '';
  });
}
