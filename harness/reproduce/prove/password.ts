import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { type Candidate, changing } from './candidate.ts';
import { encodedFor } from './encoded.ts';
import { linesOf } from './lines.ts';

/** User and password between a scheme and the last @ before a host: greedy, as a password may have any of these characters itself. */
const USERINFO = /(\b(?:https?):\/\/)([^\s:/"'@,]+):([^\s"',]+)@(?=[\w.-]+(?::\d+)?(?:[/"'\s,]|$))/gi;

/**
 * The same user and password, percent-encoded (RFC 3986 section 2.1), wherever a proxy's URL has them as they are. The catalogue has no
 * such edit, since nobody can tell by a file whether a percent sign is meant.
 */
export function passwordCandidate({ cause, file, says, line }: FoundCause, picture: Picture): Candidate | undefined {
  const document = picture.documents.find(({ piece }) => piece.file === file);
  if (!document) return undefined;
  const encoded = (text: string): string => encodedFor(document, text);
  const edits = linesOf(document, (text) =>
    text.replace(
      USERINFO,
      (_, scheme: string, user: string, password: string) => `${scheme}${encoded(user)}:${encoded(password)}@`,
    ),
  );
  if (edits.length === 0) return undefined;
  return {
    cause,
    says,
    remedy: 'Percent-encode the user and the password.',
    file,
    ...(line === undefined ? {} : { line }),
    ...changing({ edits }),
  };
}
