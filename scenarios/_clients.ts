import { gzipSync } from 'node:zlib';
import { blocked, check, type Finding, measured, type Stage } from '../harness/conformance/authoring.ts';
import type { JobSpec } from '../harness/gitlab/spec.ts';
import type { Evidence } from '../harness/ledger/index.ts';
import {
  type Cell,
  CLIENT_IDS,
  type ClientId,
  choiceText,
  columns,
  disagreements,
  type Measurement,
  probeInput,
  readProbe,
  type Statement,
  tally,
} from '../harness/recipes/no-proxy/index.ts';
import type { Ability, DockerExecutorConfig } from '../harness/runner/subject.ts';
import { dockerConfig } from './_docker.ts';
import { jobEnd, traceLines } from './_job.ts';

/** How long a job may take that asks every client many questions, in milliseconds; a minute is usual. */
export const TABLE_LIMIT_MS = 5 * 60_000;

export const clientAbilities: readonly Ability[] = ['poll', 'docker', 'environment'];

/**
 * The Docker executor with jobs in the image of the clients. They are privileged: dockerd is one of the clients, and the
 * probe makes networks of its own. Node is not in the image; it is the one that runs us.
 */
export function clientsConfig(stage: Pick<Stage, 'world'>, extraHosts: readonly string[] = []): DockerExecutorConfig {
  const { docker } = stage.world;
  return dockerConfig(stage, {
    image: docker.image('clients'),
    privileged: true,
    volumes: [`${process.execPath}:/usr/local/bin/node:ro`],
    extraHosts: [...docker.extraHosts, ...extraHosts],
  });
}

const TABLE = 'PROXYPROOF_TABLE';

/** A job that asks the clients for cells of the measured table. The cells come in a variable, not in the script. */
export const tableJob = (asked: readonly Cell[]): JobSpec => ({
  script: [`printf %s "$${TABLE}" | base64 -d | gunzip | clients`],
  variables: { [TABLE]: gzipSync(probeInput(asked)).toString('base64') },
});

/** What the job's trace says of the cells, or that it does not say it. */
export function tableOf(evidence: Evidence, asked: readonly Cell[]): Measurement | Finding {
  const end = jobEnd(evidence);
  const needed = 'the job says what every client did';
  if (!end) return blocked(needed, 'the job did not end');
  try {
    return readProbe(
      traceLines(evidence).filter((line) => line.startsWith('{')),
      asked,
    );
  } catch (error) {
    const last = traceLines(evidence).findLast((line) => line.trim() !== '');
    const reason = (error as Error).message.replace(/\.$/, '');
    return blocked(needed, `${reason}; the job ended as ${end.state}, its trace with: ${last?.slice(0, 200)}`, end);
  }
}

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
      return measured(`with which clients this holds: ${says}`, `${says}: ${whom(yes, no)}`, end);
    }),
    asModelled(evidence, measurement),
  ];
}

function asModelled(evidence: Evidence, { cells }: Measurement): Finding {
  const wrong = disagreements(cells);
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
export function whom(yes: readonly ClientId[], no: readonly ClientId[]): string {
  if (no.length === 0) return 'all';
  if (yes.length === 0) return 'none';
  return no.length < yes.length ? `all but ${no.join(', ')}` : yes.join(', ');
}
