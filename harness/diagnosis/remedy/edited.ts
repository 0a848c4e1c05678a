import type { Bundle } from '../bundle/bundle.ts';
import { textOf } from '../bundle/text-of.ts';
import type { Edit } from '../causes/cause.ts';

/** A line with its end. */
const LINE = /[^\n]*\n|[^\n]+$/g;

/** A bundle in which lines are changed; undefined when a line is not there. */
export function edited(bundle: Bundle, edits: readonly Edit[]): Bundle | undefined {
  let files = bundle.files;
  for (const [name, of] of Map.groupBy(edits, ({ file }) => file)) {
    const old = files.find((each) => each.name === name);
    const text = old && textOf(old.bytes);
    const changed = text === undefined ? undefined : editedText(text, of);
    if (!old || changed === undefined) return undefined;
    files = files.map((each) => (each === old ? { ...old, bytes: Buffer.from(changed) } : each));
  }
  return { ...bundle, files };
}

function editedText(text: string, edits: readonly Edit[]): string | undefined {
  const lines = text.match(LINE) ?? [];
  for (const { line, to } of edits) {
    const old = lines[line - 1];
    if (old === undefined) return undefined;
    const end = old.endsWith('\r\n') ? '\r\n' : '\n';
    // A last line without its end gets one: cntlm and others do not read it else.
    lines[line - 1] = to === '' ? '' : `${to.split('\n').join(end)}${end}`;
  }
  return lines.join('');
}
