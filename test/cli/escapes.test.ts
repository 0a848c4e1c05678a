import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { put, QUICK_CASE, scratch, tool } from './_tool.ts';

/** As it stands in a script, and in a file. */
const ESCAPES = String.raw`\u001b[2J\u009b2J\u202e`;
const EVIL = JSON.parse(`"${ESCAPES}"`) as string;

/** What a terminal must not be given; lines have ends. */
const ACTS = /(?!\n)[\p{Cc}\p{Bidi_Control}]/u;
const SHOWN = String.raw`\u{1b}[2J\u{9b}2J\u{202e}`;

/** A team's scenario whose every text reaches for the terminal. */
const scenario = (more = ''): string => `export default {
  id: 'team/evil',
  asks: 'asks ${ESCAPES}',
  requires: { level: 'R', cites: 'cites ${ESCAPES}', holds: 'holds ${ESCAPES}' },
  explains: 'explains ${ESCAPES}',
  control: { without: 'without ${ESCAPES}' },
  abilities: () => [],
  mutants: [],
  world: () => ({}),
  act: async () => {},
  judge: () => [{ verdict: 'fails', expected: 'expected ${ESCAPES}', observed: 'observed ${ESCAPES}', evidence: [1] }],
  ${more}
};
`;

test.each([
  ['list', ['list', 'team/*', '--scenarios', 'team'], ['cites']],
  ['show', ['show', 'team/evil', '--scenarios', 'team'], ['asks', 'cites', 'holds', 'explains', 'without']],
  ['run', ['run', 'team/*', '--scenarios', 'team'], ['cites', 'holds', 'expected', 'observed']],
  ['an error', ['list', `said ${EVIL}`], ['said']],
  ['an unknown verb', [`said ${EVIL}`], ['said']],
  ['a file of a customer', ['check', `said ${EVIL}`], ['said']],
  ['a value of NO_PROXY', ['no-proxy', 'x', `http://x/said ${EVIL}`], []],
])('%s shows what would act on the terminal', async (_, args, said) => {
  await using place = await scratch();
  await put(join(place.dir, 'team', 'evil.mjs'), scenario());
  const { out, err } = await tool(place.dir, ...args);
  expect(`${out}${err}`).not.toMatch(ACTS);
  for (const word of said) expect(`${out}${err}`).toContain(`${word} ${SHOWN}`);
});

test('JSON says the same, without acting on the terminal', async () => {
  await using place = await scratch();
  const { out } = await tool(place.dir, 'no-proxy', '--json', `x${EVIL}`, 'http://x/');
  expect(out).not.toMatch(ACTS);
  expect(out).toContain(String.raw`\u009b2J\u202e`);
  expect(() => JSON.parse(out)).not.toThrow();
});

test('an axis that would act on the terminal is no part of an id', async () => {
  await using place = await scratch();
  await put(join(place.dir, 'team', 'evil.mjs'), scenario(`axes: { tea: { values: ['${ESCAPES}'] } },`));
  const { code, err } = await tool(place.dir, 'list', '--scenarios', 'team');
  expect(err).toContain(`The scenario team/evil in ${join(place.dir, 'team', 'evil.mjs')} has the axis value`);
  expect(err).not.toMatch(ACTS);
  expect(code).toBe(2);
});

test('recheck and merge show what a results.json holds', async () => {
  await using place = await scratch();
  await tool(place.dir, 'run', QUICK_CASE, '--report', 'run');
  const file = join(place.dir, 'run', 'results.json');
  const found = JSON.parse(await readFile(file, 'utf8'));
  found.subject.version = `version ${EVIL}`;
  found.unusedExpectations = [`unused ${EVIL}`];
  await put(file, JSON.stringify(found));
  for (const verb of ['recheck', 'merge']) {
    const { out, err } = await tool(place.dir, verb, 'run');
    expect(`${out}${err}`).not.toMatch(ACTS);
    for (const word of ['version', 'unused']) expect(out).toContain(`${word} ${SHOWN}`);
  }
});

test('doctor shows what the environment holds', async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('PROXYPROOF_SAID', EVIL);
  await using place = await scratch();
  const { out } = await tool(place.dir, 'doctor', '--bug-report');
  expect(out).not.toMatch(ACTS);
  expect(out).toContain(`PROXYPROOF_SAID=${SHOWN}`);
});
