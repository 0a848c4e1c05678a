import { asksOf, type Question } from './asks.ts';
import type { Bundle, Unread } from './bundle/bundle.ts';
import { failedCommand, notCollected } from './bundle/collected.ts';
import { isMarkdown, piecesOfMarkdown } from './bundle/markdown.ts';
import { textOf } from './bundle/text-of.ts';
import { firstOf } from './causes/_first.ts';
import type { Severity } from './causes/cause.ts';
import { causes } from './causes/index.ts';
import type { Document, Piece, Reader } from './documents/document.ts';
import { logReader } from './documents/log.ts';
import { readers } from './documents/readers.ts';
import type { FoundCause } from './found-cause.ts';
import { paint } from './picture/paint.ts';
import type { Picture } from './picture/picture.ts';

export interface Diagnosis {
  /** The gravest first; of equals in the order of the files. */
  readonly findings: readonly FoundCause[];
  readonly picture: Picture;
  readonly read: readonly { readonly file: string; readonly as: string }[];
  readonly unread: readonly Unread[];
  /** What to ask for when no cause is certain, the smallest question first. */
  readonly asks: readonly Question[];
}

const GRAVITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Reads a bundle and says what is wrong with it. */
export function diagnose(bundle: Bundle): Diagnosis {
  const unread: Unread[] = [...bundle.unread];
  const read: { file: string; as: string }[] = [];
  const documents: Document[] = [];
  for (const { name, path = name, bytes } of bundle.files) {
    const text = textOf(bytes);
    if (text === undefined) {
      unread.push({ file: name, why: 'is no text' });
      continue;
    }
    const notTaken = notCollected(path, text);
    if (notTaken) {
      read.push({ file: name, as: 'what collect could not take' });
      for (const each of notTaken) unread.push(each);
      continue;
    }
    const found = piecesOf(name, path, text).flatMap((piece) => {
      const reader = readerOf(piece);
      // A command that failed printed nothing but what looks like a line of a log.
      if (!reader || (reader === logReader && failedCommand(path, text) !== undefined)) return [];
      read.push({ file: name, as: reader.title });
      return reader.read(piece);
    });
    if (found.length === 0)
      unread.push({ file: name, why: failedCommand(path, text) ?? 'is of no kind that is known' });
    for (const each of found) documents.push(each);
  }
  const picture = paint(documents);
  const findings = findingsIn(picture);
  return { findings, picture, read, unread, asks: asksOf(picture, findings) };
}

/** What is wrong by a picture, the gravest first. */
export const findingsIn = (picture: Picture): readonly FoundCause[] =>
  sorted(
    causes.flatMap(({ id, severity, find }) =>
      find(picture).map((found): FoundCause => ({ severity, ...found, cause: id })),
    ),
  );

function piecesOf(name: string, path: string, text: string): readonly Piece[] {
  if (isMarkdown(name, text)) return piecesOfMarkdown(name, text);
  return [{ file: name, path, text, skipped: 0 }];
}

function readerOf(piece: Piece): Reader | undefined {
  let best: Reader | undefined;
  let sure = 0;
  for (const reader of readers) {
    const how = reader.knows(piece);
    if (how > sure) [best, sure] = [reader, how];
  }
  return best;
}

/** The same cause in the same line is said once, and the gravest first. */
const sorted = (findings: readonly FoundCause[]): readonly FoundCause[] =>
  firstOf(findings, ({ cause, file, line }) => `${cause} ${file} ${line}`).toSorted(
    (one, other) => GRAVITY[one.severity] - GRAVITY[other.severity],
  );
