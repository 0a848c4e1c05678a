import { stripVTControlCharacters } from 'node:util';
import { check, type Finding } from '../../conformance/authoring.ts';
import type { EventOf, Evidence } from '../../ledger/index.ts';

/** How a job ended, as GitLab was told; by default the first job of the case. */
export function jobEnd(evidence: Evidence, nth = 0): EventOf<'job'> | undefined {
  return evidence.of('job').filter(({ what }) => what === 'finished')[nth];
}

/** That a job's final state was reported, and is the right one. */
export function endsAs(evidence: Evidence, state: 'success' | 'failed', nth = 0): Finding {
  const end = jobEnd(evidence, nth);
  const which = nth === 0 ? 'the job' : `job ${nth + 1}`;
  const last = lastWords(evidence, nth);
  const seen = end
    ? `${which} was reported as ${end.state ?? 'nothing'}${end.state === state || !last ? '' : `; its trace ends with: ${last}`}`
    : `no final state of ${which} was reported`;
  return check(end?.state === state, `${which} is reported as ${state}`, seen, end);
}

/** From v18.7 on each line begins with a time and the stream it comes from; `+` says that it goes on with the last. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT[\d:.]+Z \d\d[OE]([ +]?)/;

/** The trace of a finished job as a reader sees it, line by line, without timestamps. */
export function traceLines(evidence: Evidence, nth = 0): readonly string[] {
  const lines: string[] = [];
  for (const line of (jobEnd(evidence, nth)?.trace?.text ?? '').split('\n')) {
    const [stamp = '', how] = TIMESTAMP.exec(line) ?? [];
    const text = line.slice(stamp.length).replace(/\r$/, '');
    if (how === '+' && lines.length > 0) lines.push(`${lines.pop()}${text}`);
    else lines.push(text);
  }
  return lines;
}

/** What every job that fails ends with; the cause stands before it. */
const EMPTY_WORDS = /^(section_(start|end):|ERROR: Job failed|Cleaning up |Will be retried )/;

function lastWords(evidence: Evidence, nth: number): string | undefined {
  return traceLines(evidence, nth)
    .map((line) => stripVTControlCharacters(line).trim())
    .findLast((line) => line !== '' && !EMPTY_WORDS.test(line))
    ?.slice(0, 200);
}
