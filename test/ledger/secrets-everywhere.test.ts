import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { simulatedClock } from '../../harness/clock/index.ts';
import { eventSchemas } from '../../harness/ledger/event-schema.ts';
import { type EventBody, Ledger, Secrets } from '../../harness/ledger/index.ts';
import { ENCODINGS, SECRETS } from './_secrets.ts';

/** What peers fill from fixed words, numbers and digests. */
const OWN = new Set(['seq', 'case', 't', 'peer', 'kind', 'sha256', 'exchange', 'connection', 'process', 'profile']);

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
      return (def['items'] as unknown[]).map((each, at) => (at === 0 ? 'X-Planted' : planted(each, text)));
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

  it('is in neither of two lines, or bodies, that it was split over', () => {
    const secrets = new Secrets();
    secrets.add('planted', secret);
    for (const form of [secret, encodeURIComponent(secret)]) {
      for (let at = 4; at <= form.length - 4 && at < 40; at++) {
        const halves = [form.slice(0, at), form.slice(at)];
        const lines = recorded(
          secrets,
          { kind: 'log', stream: 'stdout', line: `begin ${halves[0]}` },
          { kind: 'log', stream: 'stdout', line: `${halves[1]} end` },
        );
        const texts = lines.map((line) => (JSON.parse(line) as { line: string }).line);
        for (const [nth, half] of halves.entries()) {
          if (!WORDS.test(half)) expect(texts[nth], `${at} of ${form}`).not.toContain(half);
        }
      }
    }
  });
});
