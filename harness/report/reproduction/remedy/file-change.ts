import type { Diagnosis, Edit } from '../../../diagnosis/index.ts';
import { type Candidate, machinePathOf } from '../../../reproduce/index.ts';

/** A line that becomes others, or none. */
export interface ChangedLine {
  /** From 1, in the file where it lies. */
  readonly line: number;
  readonly from: string;
  readonly to: readonly string[];
}

/** What a remedy does to one file. */
export interface FileChange {
  /** Where it lies on the machine; a name without a slash at its start for a file of a project. */
  readonly path: string;
  /** Without their ends; empty for a new file. */
  readonly before: readonly string[];
  /** Whether the last line has its end. */
  readonly endsWhole: boolean;
  /** In the order of their lines. */
  readonly lines: readonly ChangedLine[];
  /** All of it, for a file that is new. */
  readonly added?: readonly string[];
  readonly isRemoved?: true;
}

/** What remedies do to files, each file once. @param candidates of several that change a line the last one counts */
export function fileChanges({ picture }: Diagnosis, candidates: readonly Candidate[]): readonly FileChange[] {
  const edits = candidates.flatMap((each) => each.edits);
  const edited = picture.documents.flatMap((document): FileChange[] => {
    const { piece } = document;
    const { lines: before, endsWhole } = linesOf(piece.text);
    const own = edits.filter(({ file, line }) => file === piece.file && before[line - 1 - piece.skipped] !== undefined);
    if (own.length === 0) return [];
    return [{ path: machinePathOf(document), before, endsWhole, lines: changesOf(own, before, piece.skipped) }];
  });
  return [
    ...new Map(edited.map((each) => [each.path, each])).values(),
    ...candidates.flatMap(({ adds }) =>
      [...adds].map(([path, content]) => ({
        path,
        before: [],
        endsWhole: true,
        lines: [],
        added: linesOf(content).lines,
      })),
    ),
    ...candidates.flatMap(({ removes = [] }) =>
      removes.map((path) => ({ path, before: [], endsWhole: true, lines: [], isRemoved: true as const })),
    ),
  ];
}

function changesOf(edits: readonly Edit[], before: readonly string[], skipped: number): readonly ChangedLine[] {
  const last = new Map(edits.map((edit) => [edit.line - skipped, edit]));
  return [...last]
    .toSorted(([one], [other]) => one - other)
    .map(([line, { to }]) => {
      const from = before[line - 1] ?? '';
      const end = from.endsWith('\r') ? '\r' : '';
      return { line, from, to: to === '' ? [] : to.split('\n').map((each) => `${each}${end}`) };
    });
}

function linesOf(text: string): { readonly lines: readonly string[]; readonly endsWhole: boolean } {
  const endsWhole = text.endsWith('\n');
  const lines = text.split('\n');
  return { lines: endsWhole ? lines.slice(0, -1) : lines, endsWhole };
}
