import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expand } from '../../harness/conformance/cases.ts';
import { judgeCase } from '../../harness/conformance/judge-case.ts';
import { loadScenarios } from '../../harness/conformance/load.ts';
import { Evidence } from '../../harness/ledger/index.ts';
import { Story } from './_builder.ts';
import { ended } from './_judging.ts';

const folders = ['polling', 'git'].map((each) => fileURLToPath(new URL(`../../scenarios/${each}`, import.meta.url)));
const cases = expand(await loadScenarios(folders), '14.10');

describe('a case in which nothing happened', () => {
  it.each(cases.map((each) => [each.id, each] as const))('is not passed: %s', (_, each) => {
    const { outcome } = judgeCase(each, ended(new Evidence([])));
    expect(['fail', 'warn', 'blocked']).toContain(outcome);
  });
});

describe('a case in which the subject only went around the proxy', () => {
  // The one control wants just that, and a check has no right answer.
  const others = cases.filter((each) => each.scenario.id !== 'polling/without-proxy-variables' && each.level !== 'C');
  it.each(others.map((each) => [each.id, each] as const))('is not passed: %s', (_, each) => {
    const { outcome } = judgeCase(each, ended(new Story().bypass().evidence));
    expect(['fail', 'warn', 'blocked']).toContain(outcome);
  });
});
