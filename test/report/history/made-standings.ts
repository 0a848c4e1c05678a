import type { Outcome } from '../../../harness/conformance/outcome.ts';
import type { HistoryCase, HistoryRun } from '../../../harness/report/history/store/history-run.ts';

/** A run of one or more cases of its own. */
export function oneRun(
  version: string,
  day: number,
  cases: Readonly<Record<string, Outcome | HistoryCase>>,
  more: Partial<HistoryRun> = {},
): HistoryRun {
  const scenarios: Record<string, HistoryRun['scenarios'][string]> = {};
  for (const [id, each] of Object.entries(cases)) {
    const scenario = id.replace(/\[.*$/, '');
    const known = scenarios[scenario]?.cases ?? {};
    const value = each === 'pass' ? 'pass' : typeof each === 'string' ? { outcome: each, reason: 'so it is' } : each;
    scenarios[scenario] = {
      level: scenario.startsWith('checks/') ? 'C' : 'R',
      requirement: `It keeps ${scenario}, with the same body.`,
      citation: 'A page',
      cases: { ...known, [id.slice(scenario.length)]: value },
    };
  }
  return {
    format: 1,
    suite: '0.1.0',
    subject: { kind: 'gitlab-runner', name: 'gitlab-runner', version },
    profile: '14.10',
    generations: {},
    startedAt: `2026-01-${String(day).padStart(2, '0')}T10:00:00.000Z`,
    durationMs: 1000,
    machine: { os: 'Linux', cpus: 2, tools: {} },
    scenarios,
    ...more,
  };
}

/** What was measured. */
export const measured = (reason: string): HistoryCase => ({ outcome: 'info', reason });

/** A known failure. */
export const known = (link?: string): HistoryCase => ({
  outcome: 'fail',
  known: { outcome: 'fail', reason: 'a bug', ...(link === undefined ? {} : { link }) },
});
