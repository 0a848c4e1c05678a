type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Numbers = (below: number) => number;

/** What `JSON.stringify` cannot write: each stands for a text that is put in its place. */
const RAW: Readonly<Record<string, string>> = {
  '@huge@': '1e999',
  '@deep@': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  '@deeper@': `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  '@nul@': '\u0000',
};

/** What stands nowhere in a run's files. */
const STRANGE: readonly Json[] = [
  ...Object.keys(RAW),
  null,
  true,
  0,
  -1,
  1.5,
  1e15,
  -1e15,
  1e308,
  2 ** 53,
  '',
  'x',
  '\u0000',
  '\ud800',
  '\u001b[2J\u202e',
  '%',
  '[::1',
  'y'.repeat(100_000),
  [],
  {},
  [null],
  ['x', 'x'],
];

const pick = <T>(from: readonly T[], below: Numbers): T => {
  const chosen = from[below(from.length)];
  if (chosen === undefined) throw new Error('There is nothing to choose from.');
  return chosen;
};

/** Changes one place, however deep, of a document: it is taken out, doubled, or something else stands there. */
function changedPlace(document: string, below: Numbers): string {
  const root = JSON.parse(document) as Json;
  const places: [holder: Json[] | { [key: string]: Json }, key: string][] = [];
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      places.push([value, key]);
      visit(each);
    }
  };
  visit(root);
  if (places.length === 0) return document;
  const [holder, key] = pick(places, below);
  const there = holder as { [key: string]: Json };
  const how = below(4);
  if (how === 0) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete there[key];
  } else if (how === 1) there[key] = pick(STRANGE, below);
  else if (how === 2) there[`${key}${below(3)}`] = pick(STRANGE, below);
  else there[key] = another(there[key] ?? null, below);
  return JSON.stringify(root).replace(/"(@\w+@)"/g, (quoted, name: string) => RAW[name] ?? quoted);
}

/** Another value of the same type. */
function another(value: Json, below: Numbers): Json {
  if (typeof value === 'number') return pick([0, 1, value + 1, value - 1, -value, value * 1000, 1e15], below);
  if (typeof value === 'string')
    return pick(
      ['', 'x', value.slice(1), `${value}${value}`, `${value}\u0000\ud800\u009b`, 'y'.repeat(100_000)],
      below,
    );
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return pick([[], [...value, ...value], value.toReversed()], below);
  return {};
}

const onLines =
  (change: (lines: string[], at: number, below: Numbers) => void) =>
  (file: Buffer, below: Numbers): Buffer => {
    const lines = file.toString('utf8').split('\n');
    change(lines, below(lines.length), below);
    return Buffer.from(lines.join('\n'));
  };

const onBytes =
  (put: (below: Numbers) => readonly number[], instead: number) =>
  (file: Buffer, below: Numbers): Buffer => {
    const at = below(file.length);
    return Buffer.concat([file.subarray(0, at), Buffer.from(put(below)), file.subarray(at + instead)]);
  };

/** A line of a ledger, or the whole of a document. */
function onPlace(file: Buffer, below: Numbers): Buffer {
  const text = file.toString('utf8');
  if (text.startsWith('{\n')) return Buffer.from(changedPlace(text, below));
  const lines = text.trimEnd().split('\n');
  const at = below(lines.length);
  lines[at] = changedPlace(lines[at] ?? '{}', below);
  return Buffer.from(`${lines.join('\n')}\n`);
}

const MUTATIONS = [
  onPlace,
  onPlace,
  onPlace,
  onPlace,
  onPlace,
  onPlace,
  (file: Buffer, below: Numbers): Buffer => file.subarray(0, below(file.length)),
  onBytes((below) => [below(256)], 1),
  onBytes(() => [0], 0),
  onBytes(() => [0xff, 0xfe], 0),
  onBytes((below) => Buffer.from(String(10 ** below(300))).subarray(0, 40) as unknown as number[], 1),
  onLines((lines, at) => lines.splice(at, 1)),
  onLines((lines, at, below) => lines.splice(below(lines.length), 0, lines[at] ?? '')),
  onLines((lines, at, below) => {
    const other = below(lines.length);
    [lines[at], lines[other]] = [lines[other] ?? '', lines[at] ?? ''];
  }),
] as const;

/** A file of a run, changed in one place. */
export function mutated(file: Buffer, below: Numbers): Buffer {
  return pick(MUTATIONS, below)(file, below);
}
