import type { Outcome } from '../../../harness/conformance/outcome.ts';
import type { HistoryCase, HistoryRun, HistoryScenario } from '../../../harness/report/history/store/history-run.ts';

/** Of how much a made history is. */
export interface Amounts {
  readonly runs: number;
  readonly scenarios: number;
  readonly cases: number;
}

const VERSIONS = [
  '14.10.1',
  '15.11.1',
  '16.11.4',
  '17.5.5',
  '17.10.1',
  '17.11.4',
  '18.3.1',
  '18.6.6',
  '18.11.4',
  '19.3.0',
];
const PROFILES = ['14.10', '18.3', '18.11'];
const FAMILIES = ['polling', 'rate-limit', 'git', 'docker', 'cntlm', 'tls', 'no-proxy', 'artifacts'];
const DAY_MS = 86_400_000;
const START = Date.parse('2026-01-01T06:00:00Z');

/**
 * A history as a team has it that runs every version under every profile each night: most holds, some never does, a few
 * things come and go with versions. The same every time.
 */
export function manyRuns({ runs, scenarios, cases }: Amounts): HistoryRun[] {
  return Array.from({ length: runs }, (_, at) => {
    const version = at % VERSIONS.length;
    const profile = Math.floor(at / VERSIONS.length) % PROFILES.length;
    const night = Math.floor(at / (VERSIONS.length * PROFILES.length));
    const startedAt = new Date(START + night * DAY_MS + at * 60_000).toISOString();
    return madeRun(
      { version: VERSIONS[version] ?? '', profile: PROFILES[profile] ?? '', startedAt },
      (scenario, nth) => madeCase({ scenario, nth, version, night }),
      scenarios,
      cases,
    );
  });
}

function madeRun(
  { version, profile, startedAt }: { version: string; profile: string; startedAt: string },
  caseOf: (scenario: number, nth: number) => 'pass' | HistoryCase,
  scenarios: number,
  cases: number,
): HistoryRun {
  const each = Math.ceil(cases / scenarios);
  return {
    format: 1,
    suite: '0.1.0',
    subject: { kind: 'gitlab-runner', name: 'gitlab-runner', version },
    profile,
    generations: {},
    startedAt,
    durationMs: 304_000,
    machine: { os: 'Linux 6.1.0', cpus: 2, tools: { git: '2.39.5', squid: '5.7' } },
    scenarios: Object.fromEntries(
      Array.from({ length: scenarios }, (_, scenario) => [nameOf(scenario), madeScenario(scenario, each, caseOf)]),
    ),
  };
}

const nameOf = (scenario: number): string =>
  `${FAMILIES[scenario % FAMILIES.length]}/keeps-promise-${String(scenario).padStart(3, '0')}`;

function madeScenario(
  scenario: number,
  cases: number,
  caseOf: (scenario: number, nth: number) => 'pass' | HistoryCase,
): HistoryScenario {
  return {
    level: scenario % 9 === 0 ? 'C' : scenario % 7 === 0 ? 'O' : 'R',
    requirement: `It keeps promise ${scenario} of the page, also when the proxy asks for credentials, and says so in its log.`,
    citation: 'GitLab Runner 14.10, Running GitLab Runner behind a proxy, “Handling rate limited requests”',
    cases: Object.fromEntries(
      Array.from({ length: cases }, (_, nth) => [nth === 0 ? '' : `[body=json][number=${nth}]`, caseOf(scenario, nth)]),
    ),
  };
}

interface Place {
  readonly scenario: number;
  readonly nth: number;
  readonly version: number;
  readonly night: number;
}

function madeCase({ scenario, nth, version, night }: Place): 'pass' | HistoryCase {
  if (scenario % 9 === 0) {
    const after = 1 + (scenario % 5) + (version > 5 ? 40 : 0) + ((nth + night) % 3) / 10;
    return { outcome: 'info', reason: `${nth + 1} requests in 60.0 s, the first after ${after.toFixed(2)} s.` };
  }
  if (scenario % 11 === 3 && nth % 2 === 0) return { outcome: 'skip', reason: 'This machine has no Docker engine.' };
  const isBroken = scenario % 13 === 5 && version >= scenario % VERSIONS.length;
  const isShaky = (scenario * 31 + nth * 7 + night * 3) % 997 === 0;
  if (!isBroken && !isShaky) return 'pass';
  const outcome: Outcome = scenario % 7 === 0 ? 'warn' : 'fail';
  return {
    outcome,
    ...(isBroken && scenario % 2 === 0
      ? {
          known: {
            outcome,
            reason: 'the body is empty',
            link: `https://gitlab.com/gitlab-org/gitlab-runner/-/issues/${scenario}`,
          },
        }
      : {}),
    wrong: [['the request comes again with the same body', `it came again with ${nth} bytes of 512`]],
    ...(nth === 0
      ? {
          evidence: Array.from(
            { length: 9 },
            (_, line) =>
              `▸     0.${line}00 s  gitlab    → POST /api/v4/jobs/request, which is told here at some length`,
          ),
        }
      : { like: '' }),
  };
}
