import {
  CLIENT_IDS,
  type ClientId,
  choiceText,
  columns,
  disagreements,
  type Measurement,
  type Statement,
  tally,
} from '../../clients/index.ts';
import { check, type Finding, measured } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import { jobEnd } from '../job/job-end.ts';

/** With which clients each statement holds, and whether the models are right about all of them. */
export function tableFindings(
  evidence: Evidence,
  measurement: Measurement,
  statements: readonly Statement[],
): readonly Finding[] {
  const end = jobEnd(evidence);
  const { cells } = measurement;
  const aware = columns(cells);
  const unaware = CLIENT_IDS.filter((id) => !aware.includes(id) && cells.some(({ client }) => client === id));
  return [
    measured(
      'which clients look at no variable at all',
      `no variable at all is looked at by ${unaware.join(', ')}`,
      end,
    ),
    ...statements.map((each) => {
      const says = each.says.replaceAll('`', '');
      const { yes, no } = tally(each, cells, aware);
      return measured(`with which clients this holds: ${says}`, `${says}: ${listClients(yes, no)}`, end);
    }),
    asModelled(evidence, measurement),
  ];
}

function asModelled(evidence: Evidence, measurement: Measurement): Finding {
  const { cells } = measurement;
  const wrong = disagreements(measurement);
  const shown = wrong
    .slice(0, 3)
    .map(
      ({ cell, model }) =>
        `${cell.client} with ${cell.situation.name} at ${cell.url} is ${cell.answer}, not ${choiceText(model)}`,
    );
  return check(
    wrong.length === 0,
    'every client does what its model says, by which proxyproof no-proxy answers',
    wrong.length === 0
      ? `the models are right about all ${cells.length} answers`
      : `the models are wrong about ${wrong.length} of ${cells.length} answers: ${shown.join('; ')}`,
    jobEnd(evidence),
  );
}

/** The shorter way to say for whom something holds. */
export function listClients(yes: readonly ClientId[], no: readonly ClientId[]): string {
  if (no.length === 0) return 'all';
  if (yes.length === 0) return 'none';
  return no.length < yes.length ? `all but ${no.join(', ')}` : yes.join(', ');
}
