import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import { scenarioSchema } from '../../harness/conformance/scenario-schema.ts';
import { Evidence } from '../../harness/ledger/index.ts';
import { worldSchema } from '../../harness/world/spec-schema.ts';

const page = await readFile(new URL('../../docs/writing-scenarios.md', import.meta.url), 'utf8');

/** Every key that a declaration may have, at any depth, and every word that it may choose from. */
function words(schema: unknown): string[] {
  const { def } = schema as { def: z.core.$ZodTypeDef & Record<string, unknown> };
  if (def.type === 'object') {
    return Object.entries(def['shape'] as object).flatMap(([key, value]) => [key, ...words(value)]);
  }
  if (def.type === 'enum') return Object.keys(def['entries'] as object);
  const inner = [def['innerType'], def['element'], def['valueType'], ...((def['options'] as unknown[]) ?? [])];
  return inner.filter((each) => each !== undefined).flatMap(words);
}

/** Spellings of dates are a matter of one family of ours; `inSeconds` alone is what a team needs. */
const OURS = /^(rfc|numeric-zone|asctime|iso8601|epoch|padded)/;
/** Names of our images, which `proxyproof images` lists. */
const IMAGES = /^(base|job|clients|dind|host|helper|small|squid|registry|cntlm)$/;

it.each([
  { what: 'world', schema: worldSchema },
  { what: 'scenario', schema: scenarioSchema },
])('names every key of a $what, and every word that it may choose from', ({ schema }) => {
  const all = [...new Set(words(schema))].filter((each) => !OURS.test(each) && !IMAGES.test(each));
  expect(all.length).toBeGreaterThan(15);
  expect(all.filter((each) => !new RegExp(`\`[^\`]*\\b${each}\\b[^\`]*\``).test(page))).toEqual([]);
});

it('names every question that can be put to the evidence', () => {
  const asked = Object.getOwnPropertyNames(Evidence.prototype).filter((name) => name !== 'constructor');
  expect(asked.length).toBeGreaterThan(7);
  expect(asked.filter((each) => !page.includes(`${each}(`))).toEqual([]);
});
