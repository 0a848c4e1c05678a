import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { withoutRegression } from '../plan/job.ts';
import { type Candidate, changing } from './candidate.ts';
import { linesOf } from './lines.ts';

/** The image of a job with the docker CLI that asks the proxy again. */
export function dockerCliCandidate({ cause, says, file, line }: FoundCause, picture: Picture): Candidate | undefined {
  const edits = picture.all('ci').flatMap((document) => linesOf(document, withoutRegression));
  if (edits.length === 0) return undefined;
  return {
    cause,
    says,
    remedy: 'Use 19.03.2 or newer.',
    file,
    ...(line === undefined ? {} : { line }),
    ...changing({ edits }),
  };
}
