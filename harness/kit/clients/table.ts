import { gzipSync } from 'node:zlib';
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
} from '../../clients/index.ts';
import { blocked, check, type Finding, measured, type Stage } from '../../conformance/authoring.ts';
import type { JobSpec } from '../../gitlab/spec.ts';
import type { Evidence } from '../../ledger/index.ts';
import type { Ability, DockerExecutorConfig } from '../../runner/subject.ts';
import { dockerConfig } from '../docker/executor.ts';
import { jobEnd, traceLines } from '../job/job.ts';

/** How long a job may take that asks every client many questions, in milliseconds; half a minute is usual. */
const LIMIT_MS = 5 * 60_000;

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

/** Waits for the end of a job. That clients go around the proxy is no reason to wait for it no longer. */
export async function clientsEnd({ world }: Pick<Stage, 'world'>): Promise<void> {
  await world.waitFor("the end of the clients' job", jobEnd, LIMIT_MS);
}

const TABLE = 'PROXYPROOF_TABLE';

/** A job that asks the clients for cells of the measured table. The cells come in a variable, not in the script. */
export const tableJob = (asked: readonly Cell[]): JobSpec => ({
  script: [`printf %s "$${TABLE}" | base64 -d | gunzip | clients`],
  variables: { [TABLE]: gzipSync(probeInput(asked)).toString('base64') },
});

/** That the job did not come to its end, so that not every client can have been asked. */
export const clientsUnfinished = (evidence: Evidence): Finding | undefined =>
  jobEnd(evidence) ? undefined : blocked(EVERYBODY, 'the job did not end');

const EVERYBODY = 'the job asks every client, to its end';

/** What the job's trace says of the cells, or that it does not say it. */
export function tableOf(evidence: Evidence, asked: readonly Cell[]): Measurement | Finding {
  try {
    return readProbe(
      traceLines(evidence).filter((line) => line.startsWith('{')),
      asked,
    );
  } catch (error) {
    const end = jobEnd(evidence);
    const last = traceLines(evidence).findLast((line) => line.trim() !== '');
    const reason = (error as Error).message.replace(/\.$/, '');
    const how = `the job ended as ${end?.state ?? 'nothing'}, its trace with: ${last?.slice(0, 200)}`;
    return blocked(EVERYBODY, `${reason}; ${how}`, end);
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
      return measured(`with which clients this holds: ${says}`, `${says}: ${listClients(yes, no)}`, end);
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
export function listClients(yes: readonly ClientId[], no: readonly ClientId[]): string {
  if (no.length === 0) return 'all';
  if (yes.length === 0) return 'none';
  return no.length < yes.length ? `all but ${no.join(', ')}` : yes.join(', ');
}
