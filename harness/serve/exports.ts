import { availableParallelism, release } from 'node:os';
import { type CaseOutcome, type Results, totals } from '../conformance/index.ts';
import { harOf } from '../report/har/index.ts';
import { reportHtml } from '../report/html/index.ts';
import { ledgerText } from '../report/ledger-file.ts';
import { writeDeclaration } from './declaration.ts';
import type { LiveLab } from './lab.ts';

/** What was seen in a lab, in a form that can be kept. */
export interface Exported {
  readonly type: string;
  readonly text: string;
}

/** What can be kept of a lab, by the name of the file. */
export const EXPORTS: Readonly<Record<string, (lab: LiveLab) => Exported>> = {
  'report.html': (lab) => ({
    type: 'text/html',
    text: reportHtml(resultsOf(lab), lab.ledger.events, undefined, greeting(lab)),
  }),
  'har.json': (lab) => ({
    type: 'application/json',
    text: `${JSON.stringify(harOf(resultsOf(lab), lab.ledger.events))}\n`,
  }),
  'ledger.ndjson': (lab) => ({
    type: 'application/x-ndjson',
    text: ledgerText(lab.ledger.events),
  }),
  'case.yaml': (lab) => ({ type: 'text/yaml', text: lab.ledger.secrets.redact(caseOf(lab)) }),
};

/** The lab and what was done in it by hand, as a file that stands it up again. */
const caseOf = (lab: LiveLab): string =>
  `# Stand it up again: proxyproof serve --world case.yaml; with --replay the steps are done again, at their moments.\n${writeDeclaration({ ...lab.declaration, steps: lab.steps })}`;

/** A lab is used by hand: nothing is judged there. */
const greeting = ({ findings }: LiveLab) => ({
  tone: 'none' as const,
  sentence: `What happened in the lab. ${findings.length === 0 ? 'Nothing that a person should know was noticed.' : findings.map(({ says }) => says).join(' ')}`,
});

/** A lab as a run of one case, which measures and judges nothing. */
function resultsOf(lab: LiveLab): Results {
  const durationMs = Math.round(lab.clock.elapsed());
  const outcome: CaseOutcome = {
    id: 'lab',
    scenario: 'lab',
    axes: {},
    level: 'C',
    outcome: 'info',
    expected: 'pass',
    reason: lab.findings.map(({ says }) => says).join(' ') || 'Nothing that a person should know was noticed.',
    citation: 'proxyproof serve',
    requirement: 'What happened in a lab that somebody used by hand.',
    durationMs,
    waitedMs: durationMs,
    evidence: lab.findings.map(({ seq }) => seq),
    findings: [],
    ...(lab.world.hasProxy ? { proxy: lab.world.proxy.product } : {}),
  };
  const { version } = lab;
  return {
    suite: { name: 'proxyproof', version },
    subject: { kind: 'reference', version, path: 'whoever used the lab' },
    profile: '14.10',
    environment: {
      startedAt: lab.startedAt,
      durationMs,
      os: `Linux ${release()}`,
      node: process.version,
      cpus: availableParallelism(),
      command: 'proxyproof serve',
      tools: {},
    },
    outcomes: [outcome],
    totals: totals([outcome], false),
  };
}
