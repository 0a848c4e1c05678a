import { stripVTControlCharacters } from 'node:util';
import { check, type Finding } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import { jobEnd } from './job-end.ts';
import { traceLines } from './trace.ts';

/**
 * That a job's final state was reported, and is the right one; when it is not, the finding ends with the trace's last words.
 * @param nth which job, counted from 0 by its end
 */
export function endsAs(evidence: Evidence, state: 'success' | 'failed', nth = 0): Finding {
  const end = jobEnd(evidence, nth);
  const which = nth === 0 ? 'the job' : `job ${nth + 1}`;
  const last = lastWords(evidence, nth);
  const seen = end
    ? `${which} was reported as ${end.state ?? 'nothing'}${end.state === state || !last ? '' : `; its trace ends with: ${last}`}`
    : `no final state of ${which} was reported`;
  return check(end?.state === state, `${which} is reported as ${state}`, seen, end);
}

/** What every job that fails ends with; the cause stands before it. */
const EMPTY_WORDS = /^(section_(start|end):|ERROR: Job failed|Cleaning up |Will be retried )/;

function lastWords(evidence: Evidence, nth: number): string | undefined {
  return traceLines(evidence, nth)
    .map((line) => stripVTControlCharacters(line).trim())
    .findLast((line) => line !== '' && !EMPTY_WORDS.test(line))
    ?.slice(0, 200);
}
