import { gzipSync } from 'node:zlib';
import { type Cell, type Measurement, probeInput, readProbe } from '../../clients/index.ts';
import { blocked, type Finding } from '../../conformance/authoring.ts';
import type { JobSpec } from '../../gitlab/spec.ts';
import type { Evidence } from '../../ledger/index.ts';
import { jobEnd } from '../job/job-end.ts';
import { traceLines } from '../job/trace.ts';

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
