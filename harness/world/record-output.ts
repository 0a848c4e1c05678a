import type { Readable } from 'node:stream';
import type { Ledger } from '../ledger/index.ts';
import type { LogBudget } from './log-budget.ts';
import { LineCutter } from './log-lines.ts';

/** How much of one line is recorded, in characters. */
const LINE_LENGTH = 8 * 1024;
/** Bytes of a line that are looked at: more than are kept, so that no secret is cut in two before it is taken out. */
const LINE_READ = LINE_LENGTH + 4 * 1024;

/**
 * Records a program's output in the ledger, line by line. When the case's budget is spent it goes on reading, so that
 * the program is not held up, and keeps nothing.
 * @returns how many bytes it has dropped so far
 */
export function recordOutput(options: {
  readonly stream: Readable;
  readonly name: 'stdout' | 'stderr';
  readonly process: string;
  readonly ledger: Ledger;
  readonly budget: LogBudget;
}): () => number {
  const { stream, name, process, ledger, budget } = options;
  let dropped = 0;
  const cutter = new LineCutter(LINE_READ, (text, bytes) => {
    if (!budget.take(Math.min(bytes, LINE_READ))) {
      dropped += bytes;
      return;
    }
    const clean = ledger.secrets.redact(text);
    const line = clean.length > LINE_LENGTH ? `${clean.slice(0, LINE_LENGTH)}…` : clean;
    const fields = structured(text, (value) => ledger.secrets.redact(value));
    ledger.record('subject', { kind: 'log', process, stream: name, line, ...(fields ? { fields } : {}) });
  });
  stream.on('data', (chunk: Buffer) => {
    if (budget.spent) dropped += chunk.length;
    else cutter.add(chunk);
  });
  stream.on('end', () => cutter.end());
  return () => dropped;
}

type Fields = Record<string, string | number | boolean>;

/** The plain fields of a line that is a JSON object, as runners write with `--log-format json`. */
function structured(line: string, redact: (value: string) => string): Fields | undefined {
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined;
  try {
    const fields: Fields = {};
    for (const [name, value] of Object.entries(JSON.parse(line) as object)) {
      if (typeof value === 'string') fields[name] = redact(value).slice(0, LINE_LENGTH);
      else if (typeof value === 'number' || typeof value === 'boolean') fields[name] = value;
    }
    return fields;
  } catch {
    return undefined;
  }
}
