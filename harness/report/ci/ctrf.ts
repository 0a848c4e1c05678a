import type { CaseOutcome, Results } from '../../conformance/outcome.ts';
import { levels } from '../marks.ts';
import { caseUrl } from '../report-url.ts';
import { rerunCommand } from '../rerun.ts';
import { printableJson } from '../terminal/printable.ts';
import { byFamily, familyOf, subjectName, surprise, unexpected } from '../verdict.ts';

/** The version of the format that this is written for. */
const SPEC_VERSION = '0.1.0';

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/**
 * ctrf-report.json, in the Common Test Report Format (ctrf.io, ctrf.schema.json): a test for each case. Not as expected is failed, known to
 * deviate is other, skipped and blocked are skipped, not come to is pending; all else passed. What a case came to in our words is its rawStatus.
 */
export function ctrfJson(results: Results): string {
  const wrong = new Set(unexpected(results));
  const { environment, suite, subject, notRun } = results;
  const start = Date.parse(environment.startedAt);
  const stop = start + Math.round(environment.durationMs);
  const unstable = new Set((results.unstable ?? []).flatMap(({ came }) => came.map((each) => each.case)));
  const ran = results.outcomes.map((each) => ({
    ...testOf(results, each, statusOf(each, wrong.has(each))),
    ...(unstable.has(each.id) ? { flaky: true } : {}),
  }));
  const left = (notRun?.cases ?? []).map((id) => ({
    name: id,
    status: 'pending' as const,
    duration: 0,
    suite: [familyOf({ scenario: id })],
    message: `This case did not run, since ${notRun?.because}.`,
  }));
  const tests = [...ran, ...left];
  const count = (status: Status): number => tests.filter((each) => each.status === status).length;
  const report = {
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    timestamp: new Date(stop).toISOString(),
    generatedBy: `${suite.name} ${suite.version}`,
    results: {
      tool: { name: suite.name, version: suite.version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: count('pending'),
        other: count('other'),
        suites: byFamily(results.outcomes).size,
        start,
        stop,
        extra: { unexpected: results.totals.unexpected, unusedExpectations: results.unusedExpectations ?? [] },
      },
      tests,
      environment: {
        reportName: `${subjectName(results)}, profile ${results.profile}`,
        appName: subject.kind,
        appVersion: subject.version,
        osPlatform: environment.os,
        extra: {
          profile: results.profile,
          tools: environment.tools,
          ...(environment.reportUrl === undefined ? {} : { report: environment.reportUrl }),
          ...(environment.shard === undefined ? {} : { shard: environment.shard }),
        },
      },
    },
  };
  return `${printableJson(JSON.stringify(report, null, 2))}\n`;
}

function statusOf(each: CaseOutcome, isUnexpected: boolean): Status {
  if (isUnexpected) return 'failed';
  if (each.outcome === 'skip' || each.outcome === 'blocked') return 'skipped';
  return each.expected === 'pass' ? 'passed' : 'other';
}

function testOf(results: Results, each: CaseOutcome, status: Status) {
  const url = caseUrl(results, each);
  return {
    name: each.id,
    status,
    duration: Math.round(each.durationMs),
    suite: [familyOf(each), each.scenario],
    rawStatus: each.outcome,
    tags: [levels[each.level]],
    type: 'conformance',
    ...(status === 'passed' && each.outcome === 'pass' ? {} : { message: surprise(each) ?? each.reason }),
    ...(status === 'failed' ? { trace: traceOf(each) } : {}),
    ...(Object.keys(each.axes).length === 0 ? {} : { parameters: each.axes }),
    extra: {
      requirement: each.requirement,
      citation: each.citation,
      again: rerunCommand(results, each),
      ...(url === undefined ? {} : { report: url }),
    },
  };
}

const traceOf = ({ findings, reason, evidence }: CaseOutcome): string =>
  [
    ...(findings.length === 0
      ? [reason]
      : findings.map((each) => `${each.verdict}: expected ${each.expected}; observed ${each.observed}`)),
    ...(evidence.length === 0 ? [] : [`Evidence: events ${evidence.join(', ')} of ledger.ndjson`]),
  ].join('\n');
