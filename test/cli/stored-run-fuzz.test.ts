import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeAgain } from '../../harness/cli/judge-again.ts';
import { scenariosFor } from '../../harness/cli/scenarios.ts';
import type { Scenario } from '../../harness/conformance/index.ts';
import {
  harOf,
  junitXml,
  merge,
  readRun,
  renderSummary,
  reportHtml,
  type StoredRun,
} from '../../harness/report/index.ts';
import { randomNumbers, SEED } from '../fuzz.ts';
import { mutated } from './_mutations.ts';
import { MUTANT, QUICK_CASE, scratch, tool } from './_tool.ts';

const COUNT = Number(process.env['PROXYPROOF_FUZZ'] ?? 2000);
/** How much of a processor one of them may take, in milliseconds. */
const LIMIT_MS = 1000;
/** One in so many is merged, too. */
const MERGED = 4;

const FILES = ['ledger.ndjson', 'results.json'] as const;

/** Takes a stored run through all that `merge` or `recheck` does with it. @returns the sentence with which it is refused */
async function refused(dir: string, scenarios: readonly Scenario[], into?: string): Promise<string | undefined> {
  try {
    const { results, events } = into === undefined ? await readRun(dir) : await merged(dir, into);
    const found = judgeAgain(results, events, { scenarios, strict: false });
    for (const each of [results, found]) {
      const summary = renderSummary(each, events, { width: 80, colour: false, runDir: dir });
      expect(summary).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    }
    if (into !== undefined) return undefined;
    for (const report of [junitXml(found), JSON.stringify(harOf(found, events)), reportHtml(found, events)])
      expect(report.length).toBeGreaterThan(0);
    return undefined;
  } catch (error) {
    if (error instanceof Error && ['ReportError', 'UsageError'].includes(error.name)) return error.message;
    throw error;
  }
}

async function merged(dir: string, into: string): Promise<StoredRun> {
  await merge([dir], async () => into);
  return readRun(into);
}

test(`a stored run that was changed is taken or refused with a sentence, ${COUNT} times`, {
  timeout: 300_000,
}, async () => {
  await using place = await scratch();
  const dir = join(place.dir, 'run');
  await tool(
    place.dir,
    'run',
    QUICK_CASE,
    'polling/https-connect[request=trace][proxy=basic]',
    '--runner',
    `reference:${MUTANT}`,
    '--report',
    dir,
  );
  const whole = await Promise.all(FILES.map((name) => readFile(join(dir, name))));
  const all = await scenariosFor({ options: {}, terminal: { cwd: place.dir } });
  const { outcomes } = (await readRun(dir)).results;
  const scenarios = all.filter(({ id }) => outcomes.some((each) => each.scenario === id));
  expect(await refused(dir, scenarios, join(place.dir, 'merged'))).toBeUndefined();

  const below = randomNumbers(SEED);
  const counts = { taken: 0, refused: 0 };
  for (let number = 0; number < COUNT; number++) {
    const which = below(FILES.length);
    const changed = whole.map((content, index) => (index === which ? mutated(content, below) : content));
    for (const [index, content] of changed.entries()) await writeFile(join(dir, FILES[index] ?? ''), content);
    const what = `mutation ${number} of ${FILES[which]} with seed ${SEED}`;
    const before = process.cpuUsage();
    const sentence = await refused(dir, scenarios, number % MERGED === 0 ? join(place.dir, 'merged') : undefined).catch(
      (error: Error) => expect.fail(`${what}: ${error.stack}`),
    );
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000, what).toBeLessThan(LIMIT_MS);
    if (sentence === undefined) counts.taken++;
    else {
      counts.refused++;
      expect(sentence, what).toMatch(/[.!?]$/);
      expect(sentence, what).not.toMatch(/undefined \(reading|is not a function|is not iterable/);
    }
  }
  // Neither way is rare, or this shows little.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(COUNT / 10);
});
