import type { ProjectCopy } from '../project-copy.ts';

/** Something that is added to the project: its files, and its lines in files that are there. */
export interface Addition {
  readonly files: Readonly<Record<string, string>>;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

/** Adds it to a copy. */
export async function addTo(copy: ProjectCopy, { files, edits }: Addition): Promise<void> {
  for (const [file, text] of Object.entries(files)) await copy.add(file, text);
  for (const { file, from, to } of edits) await copy.edit(file, from, to);
}
