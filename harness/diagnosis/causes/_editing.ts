import type { Place } from '../documents/document.ts';
import type { Picture } from '../picture/picture.ts';
import { lineOf } from './_values.ts';
import type { Edit, Remedy } from './cause.ts';

/** A line with something in it replaced; none where nothing is. */
export function editing(picture: Picture, place: Place, change: (line: string) => string): readonly Edit[] {
  const line = lineOf(picture, place.file, place.line);
  if (line === undefined) return [];
  const to = change(line);
  return to === line ? [] : [{ file: place.file, line: place.line, to }];
}

/** A remedy with the edits there are. */
export const remedy = (says: string, edits: readonly Edit[] = []): Remedy =>
  edits.length > 0 ? { says, edits } : { says };

export const placeOf = ({ file, line }: Place): Place => ({ file, line });

/** Whether a name or a text is about a proxy, however it is spelled. */
export const isAboutProxy = (text: string | undefined): boolean => text !== undefined && /pro?xy|\bprox/i.test(text);
