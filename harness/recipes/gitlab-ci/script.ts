import type { CiMap, CiNode } from './node.ts';

/** A command of a script; one that goes on behind a backslash is one. */
export interface ScriptText {
  readonly line: number;
  readonly text: string;
}

const MOST_LINES = 20_000;
const MOST_DEPTH = 12;

/**
 * The commands of a job's script with their lines in the file, those that `!reference` brings included.
 * @param top of the file, where references point
 */
export function scriptTexts(top: CiMap, job: CiMap): readonly ScriptText[] {
  const found: ScriptText[] = [];
  for (const key of ['before_script', 'script', 'after_script']) {
    const node = job.entries.get(key)?.node;
    if (node) collect(top, node, found, 0);
  }
  return found;
}

function collect(top: CiMap, node: CiNode, found: ScriptText[], depth: number): void {
  if (found.length > MOST_LINES || depth > MOST_DEPTH) return;
  if (node.kind === 'list') for (const item of node.items) collect(top, item, found, depth + 1);
  else if (node.kind === 'reference') {
    const target = resolved(top, node.path);
    if (target) collect(top, target, found, depth + 1);
  } else if (node.kind === 'text')
    for (const each of commands(node.text, node.literal ? node.line + 1 : node.line)) found.push(each);
}

function resolved(top: CiMap, path: readonly string[]): CiNode | undefined {
  let node: CiNode | undefined = top;
  for (const key of path) node = node?.kind === 'map' ? node.entries.get(key)?.node : undefined;
  return node;
}

function commands(text: string, first: number): readonly ScriptText[] {
  const found: { line: number; text: string }[] = [];
  let open: { line: number; text: string } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const more = line.endsWith('\\') && !line.endsWith('\\\\');
    const part = more ? line.slice(0, -1) : line;
    if (open) open.text += ` ${part.trim()}`;
    else if (part.trim() !== '' || more) {
      open = { line: first + index, text: part };
      found.push(open);
    }
    if (!more) open = undefined;
  }
  return found;
}
