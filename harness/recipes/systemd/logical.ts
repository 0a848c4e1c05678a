/** A line of a unit file as systemd sees it: continued ones joined, comments among them left out. */
export interface LogicalLine {
  /** Of its first part in the file, from 1. */
  readonly line: number;
  /** Without white space at its ends. */
  readonly text: string;
  /** Where each part begins in the text, and which line of the file it is. */
  readonly parts: readonly { readonly from: number; readonly line: number }[];
}

/** The lines of a unit file that are neither blank nor comments. Source: systemd.syntax(7), “Introduction”. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines = text.split(/\r?\n/);
  const logical: LogicalLine[] = [];
  let joined: { line: number; text: string; parts: { from: number; line: number }[] } | undefined;
  for (const [index, raw] of lines.entries()) {
    const part = raw.trimStart();
    if (/^[#;]/.test(part)) continue;
    joined ??= { line: index + 1, text: '', parts: [] };
    joined.parts.push({ from: joined.text.length, line: index + 1 });
    const continues = backslashesAtEnd(part) % 2 === 1 && index + 1 < lines.length;
    joined.text += continues ? `${part.slice(0, -1)} ` : part;
    if (continues) continue;
    if (joined.text.trim() !== '') logical.push({ ...joined, text: joined.text.trimEnd() });
    joined = undefined;
  }
  if (joined && joined.text.trim() !== '') logical.push({ ...joined, text: joined.text.trimEnd() });
  return logical;
}

/** The line of the file in which a place of a logical line stands. */
export function lineAt({ parts, line }: LogicalLine, offset: number): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.from ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return parts[low - 1]?.line ?? line;
}

/** How many backslashes end a text: an odd number of them continues it. */
export function backslashesAtEnd(text: string): number {
  let count = 0;
  while (text.charAt(text.length - 1 - count) === '\\') count += 1;
  return count;
}
