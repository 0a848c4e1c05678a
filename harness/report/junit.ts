import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { CaseOutcome, Results, UnstableCase } from '../conformance/outcome.ts';
import { levels } from './marks.ts';
import { caseUrl } from './report-url.ts';
import { rerunCommand } from './rerun.ts';
import { byFamily, familyOf, subjectName, surprise, unexpected } from './verdict.ts';

/** How a CI server sees an outcome. */
type Element = 'failure' | 'error' | 'skipped' | 'passed';

/**
 * Renders junit.xml, as GitLab, Jenkins and GitHub's actions read it: a test suite for each family, a test case for
 * each case. Not as expected is a `failure`, a broken harness an `error`. `skip` and `blocked` are `skipped`, with the
 * reason. An expected failure is `skipped` too: CI servers show a skipped case with its reason and do not fail for it,
 * whereas a passed one would claim that the requirement holds. `warn` and `info` pass, with what was measured in
 * `system-out`. A case that did not run, since the run ended before, is `skipped` with that reason.
 */
export function junitXml(results: Results): string {
  const wrong = new Set(unexpected(results));
  const { totals, environment } = results;
  const elements = new Map(results.outcomes.map((each) => [each, elementOf(each, wrong.has(each))]));
  const count = (members: readonly CaseOutcome[], element: Element): number =>
    members.filter((each) => elements.get(each) === element).length;
  const counts = (members: readonly CaseOutcome[], left: readonly string[]): Record<string, number | string> => ({
    tests: members.length + left.length,
    failures: count(members, 'failure'),
    errors: count(members, 'error'),
    skipped: count(members, 'skipped') + left.length,
    time: seconds(members.reduce((sum, each) => sum + each.durationMs, 0)),
  });
  const notRun = results.notRun?.cases ?? [];
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\ufffd' });
  const root = document.ele('testsuites', {
    ...counts(results.outcomes, notRun),
    name: `proxyproof: ${subjectName(results)}, profile ${results.profile}`,
    time: seconds(environment.durationMs),
  });
  const ran = byFamily(results.outcomes);
  const left = Map.groupBy(notRun, (id) => familyOf({ scenario: id }));
  for (const family of new Set([...ran.keys(), ...left.keys()])) {
    const [members, others] = [ran.get(family) ?? [], left.get(family) ?? []];
    const suite = root.ele('testsuite', {
      name: family,
      ...counts(members, others),
      timestamp: environment.startedAt.slice(0, 19),
    });
    const properties = suite.ele('properties');
    for (const [name, value] of propertiesOf(results, members)) properties.ele('property', { name, value });
    for (const each of members) testCase(suite, family, each, elements.get(each) ?? 'error', results);
    for (const id of others) notRunCase(suite, family, id, results.notRun?.because ?? '');
  }
  const unused = results.unusedExpectations ?? [];
  if (unused.length > 0) unusedSuite(root, unused);
  const unstable = (results.unstable ?? []).filter(({ differs }) => differs === 'outcome');
  if (unstable.length > 0) unstableSuite(root, unstable);
  if (totals.cases === 0 && notRun.length === 0 && unused.length === 0) root.com('No case ran.');
  return `${document.end({ prettyPrint: true })}\n`;
}

function elementOf(each: CaseOutcome, isUnexpected: boolean): Element {
  if (isUnexpected) return each.outcome === 'error' ? 'error' : 'failure';
  if (each.outcome === 'skip' || each.outcome === 'blocked') return 'skipped';
  return each.expected === 'pass' ? 'passed' : 'skipped';
}

function testCase(suite: XMLBuilder, family: string, each: CaseOutcome, element: Element, results: Results): void {
  const node = suite.ele('testcase', { name: each.id, classname: family, time: seconds(each.durationMs) });
  const url = caseUrl(results, each);
  const text = [
    `Requirement: ${each.requirement}`,
    `Source: ${each.citation} (${levels[each.level]})`,
    `Outcome: ${each.outcome}. ${surprise(each) ?? each.reason}`,
    ...(each.proxy ? [`Proxy: ${each.proxy}`] : []),
    ...each.findings.map((finding) => `${finding.verdict}: expected ${finding.expected}; observed ${finding.observed}`),
    ...(each.evidence.length > 0 ? [`Evidence: events ${each.evidence.join(', ')} of ledger.ndjson`] : []),
    `Again: ${rerunCommand(results, each)}`,
    ...(url === undefined ? [] : [`Report: ${url}`]),
  ].join('\n');
  if (element === 'failure' || element === 'error') {
    node.ele(element, { message: surprise(each) ?? each.reason, type: each.outcome }).txt(text);
  } else if (element === 'skipped') {
    const why =
      each.expectation && each.outcome !== 'skip' ? `Known deviation: ${each.expectation.reason}` : each.reason;
    node.ele('skipped', { message: why }).txt(why);
    node.ele('system-out').txt(text);
  } else if (each.outcome !== 'pass') {
    node.ele('system-out').txt(text);
  }
}

function notRunCase(suite: XMLBuilder, family: string, id: string, because: string): void {
  const message = `This case did not run, since ${because}.`;
  suite.ele('testcase', { name: id, classname: family, time: '0.000' }).ele('skipped', { message }).txt(message);
}

function propertiesOf(results: Results, members: readonly CaseOutcome[]): [string, string][] {
  const proxies = [...new Set(members.flatMap((each) => each.proxy ?? []))];
  const isolations = [...new Set(members.flatMap((each) => each.isolation ?? []))];
  return [
    ['subject', subjectName(results)],
    ['subject.path', results.subject.path],
    ['profile', results.profile],
    ['proxies', proxies.join(', ') || 'none'],
    ['isolation', isolations.join(', ') || 'none'],
    ...Object.entries(results.environment.generations ?? {}).map(([part, name]): [string, string] => [
      `generation.${part}`,
      name,
    ]),
    ...(results.environment.reportUrl ? [['report', results.environment.reportUrl] as [string, string]] : []),
    ...(results.environment.shard ? [['shard', results.environment.shard] as [string, string]] : []),
  ];
}

/** Leftovers of an expectations file fail the run, so they must show where a CI server looks. */
function unusedSuite(root: XMLBuilder, unused: readonly string[]): void {
  const counts = { tests: unused.length, failures: unused.length, errors: 0, skipped: 0, time: '0.000' };
  const suite = root.ele('testsuite', { name: 'expectations', ...counts });
  for (const id of unused) {
    const message = `The expectations file has an entry for ${id} that matches nothing. Take it out, or correct its id.`;
    suite
      .ele('testcase', { name: `expectations/${id}`, classname: 'expectations', time: '0.000' })
      .ele('failure', { message, type: 'unused' })
      .txt(message);
  }
}

/** A case whose repetitions differ fails the run, though each repetition may be as expected. */
function unstableSuite(root: XMLBuilder, unstable: readonly UnstableCase[]): void {
  const counts = { tests: unstable.length, failures: unstable.length, errors: 0, skipped: 0, time: '0.000' };
  const suite = root.ele('testsuite', { name: 'unstable', ...counts });
  for (const { id, came } of unstable) {
    const message = `Unstable: ${came.map(({ outcome, times }) => `${times} × ${outcome}`).join(', ')}.`;
    suite
      .ele('testcase', { name: `unstable/${id}`, classname: 'unstable', time: '0.000' })
      .ele('failure', { message, type: 'unstable' })
      .txt([message, ...came.map((each) => `${each.case}: ${each.outcome}. ${each.says}`)].join('\n'));
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
