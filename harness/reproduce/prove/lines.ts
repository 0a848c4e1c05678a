import type { Edit } from '../../diagnosis/causes/cause.ts';
import type { Document } from '../../diagnosis/documents/document.ts';

/** The edits that make each line of a document another, where it is another then. */
export function linesOf({ piece: { file, text, skipped } }: Document, to: (line: string) => string): readonly Edit[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const changed = to(line);
    return changed === line ? [] : [{ file, line: skipped + index + 1, to: changed }];
  });
}
