import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Bundle, diagnose } from '../../harness/diagnosis/index.ts';
import { diagnosisAsJson } from '../../harness/report/diagnosis/as-json.ts';
import { diagnosisAsText } from '../../harness/report/diagnosis/as-text.ts';
import { chance, mutated, oneOf, type Password, password, plant, plantIn } from './_planted.ts';

const INPUTS = 5000;
const BATCHES = 10;

/** Files with a mistake each, to plant passwords in. */
const FOUND = readdirSync(join(import.meta.dirname, 'cases')).flatMap((name) => {
  const root = join(import.meta.dirname, 'cases', name, 'files');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(root, file)).isFile() && !/\.(?:zip|gz|tar)$/.test(file))
    .map((file) => ({ name: file, text: readFileSync(join(root, file), 'utf8') }));
});

/** Each spelling in which a password must not be printed. */
const spellings = ({ plain, parts }: Password, text: string): readonly string[] => [
  plain,
  encodeURIComponent(plain),
  Buffer.from(plain).toString('base64').replace(/=+$/, ''),
  Buffer.from(`svc:${plain}`).toString('base64'),
  // What follows the last @ of a line that was cut is a host to everybody.
  ...(text.includes(`${plain}@`) || !plain.includes('@') ? parts : parts.slice(0, 1)),
];

function bundleOf(name: string, text: string): Bundle {
  return { files: [{ name, bytes: Buffer.from(text) }], unread: [] };
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
}

/** All that is said of a file, by every way of saying it. */
function said(name: string, text: string): string {
  const diagnosis = diagnose(bundleOf(name, text));
  const lines = text.split(/\r?\n/);
  const options = { notes: true, linesOf: () => lines, width: 100, colour: false };
  return [...textsIn(diagnosisAsJson(diagnosis)), diagnosisAsText(diagnosis, options)].join('\n');
}

function input(seed: number): { readonly secret: Password; readonly name: string; readonly text: string } {
  const random = chance(seed);
  const secret = password(random);
  if (random(3) > 0) {
    const { name, text } = plant(secret.plain, random);
    return { secret, name, text: mutated(text, random) };
  }
  const { name, text } = oneOf(FOUND, random);
  const planted = plantIn(text, oneOf([secret.plain, encodeURIComponent(secret.plain)], random), random);
  return { secret, name, text: mutated(planted, random) };
}

describe('secrets', () => {
  it.each(Array.from({ length: BATCHES }, (_, batch) => batch))('are never printed (batch %i)', (batch) => {
    const shown: string[] = [];
    for (let seed = batch; seed < INPUTS; seed += BATCHES) {
      const { secret, name, text } = input(seed);
      const out = said(name, text);
      const leak = spellings(secret, text).find((each) => out.includes(each));
      if (leak !== undefined) {
        const where = out.split('\n').find((line) => line.includes(leak));
        shown.push(`seed ${seed}: ${leak} of ${secret.plain} in ${name}: ${where}`);
      }
    }
    expect(shown).toEqual([]);
  });
});
