import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CaseOutcome, Results } from '../../harness/conformance/outcome.ts';
import { merge, readLedger, readResults, writeReports } from '../../harness/report/index.ts';
import { outcome, Recorder, results } from './builder.ts';
import { bypass, tooEarly, tunnel } from './stories.ts';
import { temporaryDirectory } from './temporary.ts';

type Tell = (recorder: Recorder) => CaseOutcome;

/** Writes one shard's run and gives its directory. */
async function shard(number: string, tells: readonly Tell[], more: Partial<Results> = {}): Promise<string> {
  const dir = await temporaryDirectory();
  const recorder = new Recorder();
  const run = results(
    tells.map((tell) => tell(recorder)),
    more,
  );
  await writeReports(
    dir,
    { ...run, environment: { ...run.environment, ...more.environment, shard: number } },
    recorder.events,
  );
  return dir;
}

describe('merging shards', () => {
  it('makes one run of them whose evidence still points right', async () => {
    const later = { ...results([]).environment, startedAt: '2026-03-02T10:21:30.000Z', tools: { git: '2.43.0' } };
    const dirs = [await shard('1/2', [tooEarly]), await shard('2/2', [tunnel, bypass], { environment: later })];
    const into = await temporaryDirectory();
    const { results: merged } = await merge(dirs, async () => into);
    expect(merged.outcomes.map((each) => each.outcome)).toEqual(['fail', 'pass', 'fail']);
    expect(merged.totals).toMatchObject({ cases: 3, fail: 2, pass: 1, unexpected: 2 });
    expect(merged.environment).toMatchObject({
      startedAt: '2026-03-02T10:20:30.000Z',
      durationMs: 364_000,
      shard: '1/2, 2/2',
      tools: { git: '2.39.5 and 2.43.0', squid: '5.7' },
    });
    const events = await readLedger(into);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    const bypassed = merged.outcomes[2];
    const hit = events.find((event) => event.seq === bypassed?.evidence[0]);
    expect(hit).toMatchObject({ kind: 'tripwire', case: bypassed?.id });
    expect(bypassed?.findings[0]?.evidence).toEqual(bypassed?.evidence);
    expect(await readResults(into)).toEqual(merged);
  });

  it.each<[string, Partial<Results>, RegExp]>([
    [
      'subject',
      { subject: { kind: 'gitlab-runner', version: '17.11.4', path: '/x' } },
      /the subject of the one is gitlab-runner 14\.10\.1, of the other gitlab-runner 17\.11\.4/,
    ],
    ['profile', { profile: '18.3' }, /the profile of the one is 14\.10, of the other 18\.3/],
    [
      'generation',
      { environment: { ...results([]).environment, generations: { docker: 'sid' } } },
      /the generation of the one is the machine's own, of the other docker of sid/,
    ],
    [
      'suite version',
      { suite: { name: 'proxyproof', version: '9.9.9' } },
      /the suite version of the one is 0\.1\.0, of the other 9\.9\.9/,
    ],
  ])('refuses another %s', async (_, more, message) => {
    const dirs = [await shard('1/2', [tooEarly]), await shard('2/2', [tunnel], more)];
    await expect(merge(dirs, temporaryDirectory)).rejects.toThrow(message);
  });

  it('refuses a case that is in two shards', async () => {
    const dirs = [await shard('1/2', [tooEarly]), await shard('2/2', [tooEarly])];
    await expect(merge(dirs, temporaryDirectory)).rejects.toThrow(
      `Case rate-limit/reset-time-valid[proxy=basic] is in ${dirs[0]} and in ${dirs[1]}.`,
    );
  });

  it('refuses to pass over a missing shard', async () => {
    const dirs = [await shard('1/3', [tooEarly]), await shard('3/3', [tunnel])];
    await expect(merge(dirs, temporaryDirectory)).rejects.toThrow(/^Shard 2\/3 is missing/);
    await expect(merge([], temporaryDirectory)).rejects.toThrow(/^There is nothing to merge/);
  });

  it('keeps an expectation left over only when no shard used it', async () => {
    const dirs = [
      await shard('1/2', [tooEarly], { unusedExpectations: ['git/*', 'polling/*'] }),
      await shard('2/2', [tunnel], { unusedExpectations: ['git/*'] }),
    ];
    expect((await merge(dirs, temporaryDirectory)).results.unusedExpectations).toEqual(['git/*']);
  });

  it('says so when a ledger lacks the evidence, or has a broken line', async () => {
    const lost = await shard('1/1', [() => outcome({ id: 'git/lfs', evidence: [99] })]);
    await expect(merge([lost], temporaryDirectory)).rejects.toThrow(/git\/lfs in .* points to event 99/);
    const broken = await shard('1/1', [tunnel]);
    await writeFile(join(broken, 'ledger.ndjson'), '{"seq":1}\n{"seq":2}\n');
    await expect(merge([broken], temporaryDirectory)).rejects.toThrow(/^Line 1 of .*ledger\.ndjson is no ledger event/);
  });
});
