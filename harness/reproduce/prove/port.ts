import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { joinHostPort } from '../../url/index.ts';
import type { CasePlan } from '../plan/plan.ts';
import { type Candidate, changing } from './candidate.ts';
import { linesOf } from './lines.ts';

/**
 * The port of the stand-in written wherever a proxy's URL has none. Which port the customer's proxy has they must say, so the catalogue
 * has no such edit.
 */
export function portCandidate(
  { file, says }: FoundCause,
  picture: Picture,
  { proxies, local }: CasePlan,
): Candidate | undefined {
  const document = picture.documents.find(({ piece }) => piece.file === file);
  const known = [...proxies, ...(local ? [local] : [])];
  if (!document) return undefined;
  const edits = linesOf(document, (line) =>
    known.reduce((text, { host, port }) => withPort(text, host, joinHostPort(host, port)), line),
  );
  const [first] = edits;
  if (!first) return undefined;
  const ports = known.map(({ port }) => `:${port}`).join(' or ');
  return {
    cause: 'value/port-missing',
    says,
    remedy: `Write the proxy's port, here ${ports}; ask the customer for theirs.`,
    file,
    line: first.line,
    ...changing({ edits }),
  };
}

/** A text in which a URL's host without a port has one. */
const withPort = (text: string, host: string, endpoint: string): string =>
  text.replaceAll(new RegExp(`(//|@)${host.replaceAll('.', '\\.')}(?=[/"'\\s,]|$)`, 'gi'), `$1${endpoint}`);
