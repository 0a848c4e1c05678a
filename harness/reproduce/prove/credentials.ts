import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { CasePlan } from '../plan/plan.ts';
import { type Candidate, changing } from './candidate.ts';
import { encodedFor } from './encoded.ts';
import { linesOf } from './lines.ts';

/** A proxy's URL without user and password. */
const BARE = /(\bhttps?:\/\/)(?=[\w.-]+:\d+)(?![^\s"'/]*@)/gi;

/** The account of the stand-in in every URL of a file that has none; the customer writes theirs. */
export function credentialsCandidate(
  { cause, file, line, says }: FoundCause,
  picture: Picture,
  { auth }: CasePlan,
): Candidate | undefined {
  const document = picture.documents.find(({ piece }) => piece.file === file);
  if (!document || auth.scheme === 'none') return undefined;
  const account = [auth.user, auth.password].map((each) => encodedFor(document, each)).join(':');
  const edits = linesOf(document, (text) => (/_proxy/i.test(text) ? text.replaceAll(BARE, `$1${account}@`) : text));
  if (edits.length === 0) return undefined;
  return {
    cause,
    says,
    remedy: "Write the user and the password into the URL, percent-encoded; here they are the stand-in's.",
    file,
    ...(line === undefined ? {} : { line }),
    ...changing({ edits }),
  };
}
