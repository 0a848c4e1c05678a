import { readConfigToml, type TomlStatement, type TomlValue, tomlStatements } from '../../recipes/index.ts';
import { runnerFacts } from './config-toml-runner.ts';
import type { ConfigTomlDocument, Piece, Place, Reader } from './document.ts';

const RUNNERS = /^[ \t]*\[\[[ \t]*runners[ \t]*\]\]/im;
/** Keys of the file or of `[[runners]]`, as gitlab-runner writes them (“Advanced configuration”). */
const KEYS = /^[ \t]*(?:concurrent|check_interval|session_timeout|executor|environment|pre_\w+_script|token)[ \t]*=/im;

/** gitlab-runner's config.toml. */
export const configTomlReader: Reader = {
  title: 'config.toml of gitlab-runner',
  knows: ({ path, text }) => {
    const head = text.slice(0, 64 * 1024);
    // The chart of Helm has a config.toml within its values.
    if (/\.(?:ya?ml|md)$/i.test(path)) return 0;
    if (RUNNERS.test(head)) return 3;
    return /(^|\/)config\.toml(\.\w+)?$/i.test(path) && KEYS.test(head) && !/^[ \t]*\[plugins\b/m.test(head) ? 2 : 0;
  },
  read: (piece) => [document(piece)],
};

function document(piece: Piece): ConfigTomlDocument {
  const { file, skipped } = piece;
  const text = piece.text.replace(/^\ufeff/, '');
  const { headers, statements } = tomlStatements(text);
  const place = (line: number): Place => ({ file, line: skipped + line });
  const starts = headers.flatMap(({ table, many }, nth) => (table === 'runners' && many ? [nth] : []));
  // Of each header the runner that it belongs to.
  let runner = -1;
  const runnerOf = headers.map(({ table, many }) => {
    if (table === 'runners' && many) runner += 1;
    return runner;
  });
  const ofRunners = Map.groupBy(statements, ({ header }) => runnerOf[header]);
  return {
    kind: 'config-toml',
    piece,
    runners: starts.map((start, nth) => {
      const own = ofRunners.get(nth) ?? [];
      const line = skipped + (headers[start]?.line ?? 1);
      return runnerFacts(own, place, { line, nth });
    }),
    keys: statements.flatMap(({ table, key, line, value }) => keysOf(table, key, line, value, place)),
    error: errorOf(text, statements, place),
  };
}

/** A key, and those of an inline table below it. */
function keysOf(
  table: string,
  key: string,
  line: number,
  value: TomlValue,
  place: (line: number) => Place,
): ConfigTomlDocument['keys'] {
  const dotted = key.split('.');
  const inner = [table, ...dotted.slice(0, -1)]
    .filter((each) => each !== '')
    .join('.')
    .toLowerCase();
  const own = { ...place(line), table: inner, key: dotted.at(-1) ?? key };
  if (!('pairs' in value)) return [own];
  const below = [inner, own.key.toLowerCase()].filter((each) => each !== '').join('.');
  return [own, ...value.pairs.flatMap((pair) => keysOf(below, pair.key, pair.line, pair.value, place))];
}

/** Why gitlab-runner would not load the file: no TOML, or a list that is none. */
function errorOf(
  text: string,
  statements: readonly TomlStatement[],
  place: (line: number) => Place,
): ConfigTomlDocument['error'] {
  const read = readToml(text);
  if ('why' in read) return { ...place(read.line ?? 1), why: read.why };
  const list = statements.find(
    ({ table, key, value }) => table === 'runners' && key.toLowerCase() === 'environment' && !('items' in value),
  );
  return list && { ...place(list.line), why: 'environment is no list: it wants ["NAME=value", …]' };
}

function readToml(text: string): ReturnType<typeof readConfigToml> {
  try {
    const read = readConfigToml(text);
    // Without a line it is no matter of TOML, but of what the page says of the values.
    return 'why' in read && read.line === undefined ? { config: {} } : read;
  } catch {
    return { why: 'it cannot be parsed' };
  }
}
