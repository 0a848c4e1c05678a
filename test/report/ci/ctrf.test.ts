import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ctrfJson } from '../../../harness/report/ci/index.ts';
import { bigRun } from '../big-run.ts';
import { outcome, results } from '../builder.ts';

const extra = z.record(z.string(), z.unknown()).optional();
const whole = z.int();
const status = z.enum(['passed', 'failed', 'skipped', 'pending', 'other']);

/** What ctrf.schema.json of ctrf.io asks of the parts that we write: no other key, whole numbers, non-empty names. */
const ctrf = z.strictObject({
  reportFormat: z.literal('CTRF'),
  specVersion: z.string().regex(/^[0-9]+\.[0-9]+\.[0-9]+$/),
  timestamp: z.iso.datetime(),
  generatedBy: z.string(),
  results: z.strictObject({
    tool: z.strictObject({ name: z.string().min(1), version: z.string() }),
    summary: z.strictObject({
      ...{ tests: whole, passed: whole, failed: whole, skipped: whole, pending: whole, other: whole },
      ...{ suites: whole, start: whole, stop: whole, extra },
    }),
    tests: z.array(
      z.strictObject({
        name: z.string().min(1),
        status,
        duration: whole,
        suite: z.array(z.string()).min(1),
        message: z.string().optional(),
        trace: z.string().optional(),
        rawStatus: z.string().optional(),
        tags: z.array(z.string()).optional(),
        type: z.string().optional(),
        flaky: z.boolean().optional(),
        parameters: z.record(z.string(), z.unknown()).optional(),
        extra,
      }),
    ),
    environment: z.strictObject({
      reportName: z.string(),
      appName: z.string(),
      appVersion: z.string(),
      osPlatform: z.string(),
      extra,
    }),
  }),
});

const read = (text: string) => ctrf.parse(JSON.parse(text)).results;

describe('ctrf-report.json', () => {
  it('is as the schema of ctrf.io says, for a run of every outcome', () => {
    const { summary, tests } = read(ctrfJson(bigRun().results));
    expect(tests).toHaveLength(350);
    const { passed, failed, skipped, pending, other } = summary;
    expect(passed + failed + skipped + pending + other).toBe(summary.tests);
    expect(failed).toBe(5);
    expect(read(ctrfJson(results([]))).tests).toEqual([]);
  });

  it('tells outcomes apart, with what was found and where', () => {
    const known = { outcome: 'fail', reason: 'a known bug' } as const;
    const run = results(
      [
        outcome({ id: 'a/pass', durationMs: 12.6 }),
        outcome({
          id: 'a/fail[x=1]',
          outcome: 'fail',
          findings: [{ verdict: 'fails', expected: 'a', observed: 'b\u001b', evidence: [3] }],
          evidence: [3],
        }),
        outcome({ id: 'a/known', outcome: 'fail', expected: 'fail', expectation: known }),
        outcome({ id: 'a/skip', outcome: 'skip', reason: 'absent' }),
        outcome({ id: 'a/warn', outcome: 'warn', level: 'O' }),
        outcome({ id: 'a/error', outcome: 'error', reason: 'broke' }),
      ],
      {
        notRun: { because: 'its time was over', cases: ['b/left'] },
        environment: { ...results([]).environment, reportUrl: 'https://ci.example/r.html' },
      },
    );
    const { tests } = read(ctrfJson(run));
    expect(tests.map(({ name, status: is }) => `${name} ${is}`)).toEqual([
      'a/pass passed',
      'a/fail[x=1] failed',
      'a/known other',
      'a/skip skipped',
      'a/warn passed',
      'a/error failed',
      'b/left pending',
    ]);
    expect(tests[0]).toMatchObject({ duration: 13, rawStatus: 'pass', tags: ['required'] });
    expect(tests[1]).toMatchObject({
      suite: ['a', 'a/fail'],
      parameters: { x: '1' },
      trace: 'fails: expected a; observed b\u001b\nEvidence: events 3 of ledger.ndjson',
      extra: { report: 'https://ci.example/r.html#case-2' },
    });
    expect(ctrfJson(run)).not.toContain('\u001b');
  });
});
