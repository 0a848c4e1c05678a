import type { Evidence } from '../../ledger/index.ts';
import { jobEnd } from './job-end.ts';

/**
 * From v18.7 on each line begins with a time and the stream it comes from; `+` says that it goes on with the last. Where two streams
 * write at the same moment 19.3.0 sometimes puts the stamp of one before a whole line of the other; the line is there all the same.
 */
const TIMESTAMP = /^(?:\d{4}-\d\d-\d\dT[\d:.]+Z \d\d[OE]([ +]?))+/;

/**
 * The trace of a finished job as a reader sees it, line by line, without timestamps. Empty when no job ended.
 * @param nth which job, counted from 0 by its end
 */
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
