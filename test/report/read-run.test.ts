import { expect, it } from 'vitest';
import type { Results } from '../../harness/conformance/outcome.ts';
import { readRun, writeLedger, writeResults } from '../../harness/report/index.ts';
import { Recorder, results } from './builder.ts';
import { bypass, tooEarly } from './stories.ts';
import { temporaryDirectory } from './temporary.ts';

/** Reads a run of two cases whose results were changed. */
async function reading(change: (found: Results) => Results): Promise<unknown> {
  const dir = await temporaryDirectory();
  const recorder = new Recorder();
  const found = results([tooEarly, bypass].map((tell) => tell(recorder)));
  await writeLedger(dir, recorder.events);
  await writeResults(dir, change(found));
  return readRun(dir).catch((error: unknown) => error);
}

/** Changes the first case. */
const first =
  (more: Partial<Results['outcomes'][number]>) =>
  (found: Results): Results => ({
    ...found,
    outcomes: found.outcomes.map((each, index) => (index === 0 ? { ...each, ...more } : each)),
  });

it('a run is its results and its events', async () => {
  expect(await reading((found) => found)).toMatchObject({ results: { totals: { cases: 2 } } });
});

it.each<[string, (found: Results) => Results, RegExp]>([
  ['evidence that is nowhere', first({ evidence: [99_999] }), /points to event 99999, which its ledger does not have/],
  [
    'evidence of another case',
    (found) => first({ evidence: found.outcomes[1]?.evidence ?? [] })(found),
    /^rate-limit\/reset-time-valid.* points to event \d+, which is one of /,
  ],
  ['a case twice', (found) => first(found.outcomes[1] ?? {})(found), /^Case .* in the results\.json of .* twice\./],
  ['another scenario', first({ scenario: 'git/lfs' }), /^Case .* is said to be of the scenario git\/lfs\./],
  [
    'a case less',
    (found) => ({ ...found, outcomes: found.outcomes.slice(1) }),
    /^Event 1 in .* is of a case that its results\.json does not have: rate-limit\/reset-time-valid/,
  ],
  [
    'other totals',
    (found) => ({ ...found, totals: { ...found.totals, cases: 3 } }),
    /^The totals in the results\.json/,
  ],
  [
    'an id that reaches for the terminal',
    first({ id: 'rate-limit/reset-time-valid[proxy=\u001b[2J]' }),
    /At outcomes\[0\]\.id: is no id of a case/,
  ],
  ['an id that turns its text around', first({ id: 'git/a[b=\u202ec]' }), /At outcomes\[0\]\.id: is no id of a case/],
])('a run with %s is refused with a sentence', async (_, change, sentence) => {
  expect(await reading(change)).toMatchObject({
    name: 'ReportError',
    message: expect.stringMatching(sentence),
    reason: 'usage',
  });
});
