import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Results } from '../../harness/conformance/outcome.ts';
import { junitXml } from '../../harness/report/junit.ts';
import { bigRun } from './big-run.ts';
import { outcome, results } from './builder.ts';

async function problems(xml: string): Promise<readonly string[]> {
  const schema = await readFile(new URL('./fixtures/junit.xsd', import.meta.url), 'utf8');
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [schema] });
  return errors.map((error) => error.message);
}

/** The text of one case's element. */
function caseOf(run: Results, id: string): string {
  const xml = junitXml(run);
  const start = xml.indexOf(`<testcase name="${id}"`);
  expect(start, `${id} in ${xml}`).toBeGreaterThan(0);
  const rest = xml.slice(start);
  const tag = rest.slice(0, rest.indexOf('>') + 1);
  return tag.endsWith('/>') ? tag : rest.slice(0, rest.indexOf('</testcase>'));
}

describe('junit.xml', () => {
  it('is accepted by the schema for a run of every outcome', async () => {
    const { results: run } = bigRun();
    expect(await problems(junitXml(run))).toEqual([]);
  });

  it('is accepted when nothing ran, or an expectation was left over', async () => {
    expect(await problems(junitXml(results([])))).toEqual([]);
    const leftover = junitXml(results([outcome({ id: 'git/lfs' })], { unusedExpectations: ['git/*'] }));
    expect(await problems(leftover)).toEqual([]);
    expect(leftover).toContain('<failure message="The expectations file has an entry for git/* that matches nothing.');
  });

  it('lists the cases that a run which ended early did not come to, with the reason', async () => {
    const cases = ['git/large[size=1g]', 'cache/through-proxy'];
    const run = results([outcome({ id: 'git/lfs' })], { notRun: { because: 'its time of 10 m was over', cases } });
    expect(await problems(junitXml(run))).toEqual([]);
    for (const id of cases) {
      expect(caseOf(run, id)).toContain('<skipped message="This case did not run, since its time of 10 m was over.">');
    }
    const xml = junitXml(run);
    expect(xml).toMatch(/<testsuites tests="3" failures="0" errors="0" skipped="2"/);
    expect(xml).toMatch(/<testsuite name="git" tests="2" failures="0" errors="0" skipped="1"/);
    expect(xml).toMatch(/<testsuite name="cache" tests="1" failures="0" errors="0" skipped="1"/);
    expect(await problems(junitXml(results([], { notRun: { because: 'it was interrupted', cases } })))).toEqual([]);
  });

  it('is told apart from a broken one by the schema', async () => {
    const broken = junitXml(results([outcome({ id: 'git/lfs' })])).replaceAll(' classname="git"', '');
    expect(await problems(broken)).not.toEqual([]);
  });

  it('keeps hostile text inside its place', async () => {
    const reason = 'a ]]> b </testcase><x> & "q" \u0000\u001b[31m \ud800 end';
    const xml = junitXml(results([outcome({ id: 'git/"lfs"<&', outcome: 'fail', reason })]));
    expect(await problems(xml)).toEqual([]);
    expect(xml).not.toContain('<x>');
    expect(xml).not.toContain('\u0000');
  });

  it('has a suite for each family with its properties', () => {
    const xml = junitXml(
      results([outcome({ id: 'git/lfs', proxy: 'squid 5.7' }), outcome({ id: 'polling/proxy-down' })]),
    );
    expect([...xml.matchAll(/<testsuite name="([^"]+)" tests="1"/g)].map((match) => match[1])).toEqual([
      'git',
      'polling',
    ]);
    expect(xml).toContain('<property name="subject" value="gitlab-runner 14.10.1"/>');
    expect(xml).toContain('<property name="profile" value="14.10"/>');
    expect(xml).toContain('<property name="proxies" value="squid 5.7"/>');
  });

  it('says where others can open the report, and lists what is unstable', async () => {
    const reportUrl = 'https://ci.example/-/jobs/1/artifacts/file/report.html';
    const came = [
      { outcome: 'pass', times: 2, case: 'git/a[repeat=1]', says: 'Well.' },
      { outcome: 'fail', times: 1, case: 'git/a[repeat=3]', says: 'Early.' },
    ] as const;
    const run = results([outcome({ id: 'git/lfs' }), outcome({ id: 'git/a', outcome: 'fail' })], {
      environment: { ...results([]).environment, reportUrl },
      unstable: [{ id: 'git/a', differs: 'outcome', came }],
    });
    expect(await problems(junitXml(run))).toEqual([]);
    expect(junitXml(run)).toContain(`<property name="report" value="${reportUrl}"/>`);
    expect(caseOf(run, 'git/a')).toContain(`Report: ${reportUrl}#case-2`);
    expect(caseOf(run, 'unstable/git/a')).toContain(
      '<failure message="Unstable: 2 × pass, 1 × fail." type="unstable">',
    );
  });

  it('keeps failure, error and skipped apart', () => {
    const known = { outcome: 'fail', reason: 'a known bug' } as const;
    const run = results([
      outcome({ id: 'a/pass' }),
      outcome({ id: 'a/fail', outcome: 'fail', reason: 'too early' }),
      outcome({ id: 'a/error', outcome: 'error', reason: 'the world broke' }),
      outcome({ id: 'a/skip', outcome: 'skip', reason: 'git-lfs is absent' }),
      outcome({ id: 'a/blocked', outcome: 'blocked', reason: 'Needed first: a clone.' }),
      outcome({ id: 'a/info', outcome: 'info', level: 'C', reason: 'It asked 3 times.' }),
      outcome({ id: 'a/warn', outcome: 'warn', level: 'O', reason: 'It says nothing.' }),
      outcome({ id: 'a/known', outcome: 'fail', expected: 'fail', expectation: known }),
      outcome({ id: 'a/mended', outcome: 'pass', expected: 'fail', expectation: known }),
    ]);
    expect(caseOf(run, 'a/pass')).toMatch(/^<testcase name="a\/pass" classname="a" time="3\.120"\/>$/);
    expect(caseOf(run, 'a/fail')).toContain('<failure message="too early" type="fail">');
    expect(caseOf(run, 'a/error')).toContain('<error message="the world broke" type="error">');
    expect(caseOf(run, 'a/skip')).toContain('<skipped message="git-lfs is absent">');
    expect(caseOf(run, 'a/blocked')).toContain('<failure message="Needed first: a clone." type="blocked">');
    expect(caseOf(run, 'a/info')).toContain('<system-out>');
    expect(caseOf(run, 'a/info')).toContain('It asked 3 times.');
    expect(caseOf(run, 'a/warn')).toContain('It says nothing.');
    expect(caseOf(run, 'a/known')).toContain('<skipped message="Known deviation: a known bug">');
    expect(caseOf(run, 'a/mended')).toMatch(
      /<failure message="The expectations file expects fail \(a known bug\), but the outcome was pass/,
    );
    expect(junitXml(run)).toContain('tests="9" failures="3" errors="1" skipped="2"');
  });
});
