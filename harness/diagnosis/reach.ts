import type { LogDocument } from './documents/document.ts';
import { failuresOf } from './failures/failures.ts';
import type { LogLine, Picture } from './picture/picture.ts';

/** How far it goes that nothing was found. */
export type Reach =
  /** Whether anything works is not known. */
  | { readonly kind: 'no-log' }
  /** A job's log ends well, and no other log shows a failure. */
  | { readonly kind: 'succeeded'; readonly at: LogLine }
  /** Lines of failure of which no cause is known. */
  | { readonly kind: 'unexplained'; readonly first: LogLine; readonly count: number }
  /** No log shows a failure, nor a job that succeeded. */
  | { readonly kind: 'quiet' };

/** What programs say that fail, whatever of. */
const FAILED =
  /^(?:ERROR|FATAL|PANIC)\b|^(?:fatal|error|E): |\bJob failed\b|\bcurl: \(\d+\)|^npm (?:ERR!|error) |Error response from daemon|^Failed to |Checking for jobs\.\.\. ?(?:failed|forbidden)|\bexited with [1-9]/;
/** What journalctl prints of nothing. */
const EMPTY = /^(?:-- .* --|No journal files were found\.|\s*)$/;
const SUCCEEDED = /^Job succeeded\b/;
const ENDED = /^(?:Job succeeded\b|ERROR: Job failed|Running with gitlab-runner)/;

/** How far a diagnosis goes that found nothing. */
export function reachOf(picture: Picture): Reach {
  const logs = picture.all('log').filter(({ lines }) => lines.some(({ text }) => !EMPTY.test(text)));
  const known = failuresOf(picture);
  if (logs.length === 0 && known.length === 0) return { kind: 'no-log' };
  // What has a known form says more than the line that ends a job.
  const failed = known.length > 0 ? known : logs.flatMap(failedIn);
  const [first] = failed;
  if (first) return { kind: 'unexplained', first, count: failed.length };
  const ends = logs
    .filter(({ of }) => of === 'job')
    .flatMap(({ lines }) => lines.findLast(({ text }) => ENDED.test(text)) ?? []);
  const at = ends.find(({ text }) => SUCCEEDED.test(text));
  return at && ends.every(({ text }) => SUCCEEDED.test(text))
    ? { kind: 'succeeded', at: { ...at, of: 'job' } }
    : { kind: 'quiet' };
}

/** Lines of failure, without those of jobs that went well all the same. */
function failedIn({ lines, of }: LogDocument): readonly LogLine[] {
  const after = of === 'job' ? lines.findLastIndex(({ text }) => SUCCEEDED.test(text)) + 1 : 0;
  return lines.slice(after).flatMap((line) => (FAILED.test(line.text) ? [{ ...line, of }] : []));
}
