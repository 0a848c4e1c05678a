import { type Diagnosis, findingsIn } from '../diagnose.ts';
import type { Document } from '../documents/document.ts';
import { type FoundCause, isGrave } from '../found-cause.ts';
import { paint } from '../picture/paint.ts';

/** Whether a document shows how it was at one time, such as a log: it stays as it is when files are mended. */
const isRecord = (document: Document): boolean =>
  document.kind === 'log' ||
  document.kind === 'squid-log' ||
  document.kind === 'certificates' ||
  document.kind === 'docker-info' ||
  document.kind === 'show' ||
  (document.kind === 'env-file' && (document.flavour === 'process' || document.flavour === 'dump'));

/** What is wrong only by logs and what programs printed: after a change of files it is of before. */
export function ofBefore({ findings, picture }: Diagnosis): readonly FoundCause[] {
  const rest = new Set(findingsIn(paint(picture.documents.filter((each) => !isRecord(each)))).map(keyOf));
  return findings.filter((each) => isGrave(each) && !rest.has(keyOf(each)));
}

const keyOf = ({ cause, file, line }: FoundCause): string => `${cause} ${file}:${line}`;
