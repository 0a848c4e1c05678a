import { wordsOf } from '../../recipes/systemd/words.ts';
import type { Assigned, Piece, Reader, ShowDocument } from './document.ts';

const PROPERTY =
  /^(?:Id|Names|ActiveState|SubState|LoadState|FragmentPath|DropInPaths|NeedDaemonReload|MainPID|ExecMainPID|UnitFileState|ActiveEnterTimestamp|ExecMainStartTimestamp|EnvironmentFiles?)=/gm;

/** What `systemctl show` prints. */
export const showReader: Reader = {
  title: 'the output of systemctl show',
  knows: ({ path, text }) => {
    const lines = text
      .slice(0, 64 * 1024)
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '');
    if (lines.length === 0 || lines.some((line) => line.startsWith('['))) return 0;
    const known = lines.filter((line) => /^[A-Z][A-Za-z0-9]*=/.test(line)).length;
    if (known < lines.length * 0.8) return 0;
    const properties = new Set(text.slice(0, 64 * 1024).match(PROPERTY) ?? []).size;
    const environments = lines.filter((line) => line.startsWith('Environment=')).length;
    if (/\.conf$|\.service(?:\.d\/|$)/.test(path)) return 0;
    if (properties >= 2 || (properties >= 1 && environments >= 1)) return 3;
    // A property alone: it is not quoted as in a unit.
    return environments === 1 && lines.length === 1 && !/^Environment=["']/.test(lines[0] ?? '') ? 3 : 0;
  },
  read: (piece) => blocksOf(piece).map(document),
};

/** Of several units systemctl prints one block each, with a blank line between. */
function blocksOf(piece: Piece): readonly Piece[] {
  const blocks: Piece[] = [];
  const lines = piece.text.split(/\r?\n/);
  let from = 0;
  for (let at = 0; at <= lines.length; at += 1) {
    if (at < lines.length && lines[at]?.trim() !== '') continue;
    if (at > from) blocks.push({ ...piece, text: lines.slice(from, at).join('\n'), skipped: piece.skipped + from });
    from = at + 1;
  }
  return blocks;
}

function document(piece: Piece): ShowDocument {
  const { file, text, skipped, path } = piece;
  const properties = text.split('\n').flatMap((line, index) => {
    const [, key, value = ''] = /^([A-Z][A-Za-z0-9]*)=(.*)$/.exec(line) ?? [];
    return key === undefined ? [] : [{ file, line: skipped + index + 1, key, value }];
  });
  const property = (wanted: string): string | undefined => properties.find(({ key }) => key === wanted)?.value;
  const named =
    property('Id') ??
    property('Names')?.split(' ')[0] ??
    property('FragmentPath')?.split('/').at(-1) ??
    /(docker|gitlab-runner|containerd|cntlm)/.exec(path.split('/').at(-1) ?? '')?.[1] ??
    undefined;
  return {
    kind: 'show',
    piece,
    unit: named === undefined || named === '' ? undefined : /\.\w+$/.test(named) ? named : `${named}.service`,
    properties,
    environment: properties
      .filter(({ key }) => key === 'Environment')
      .flatMap(({ value, line }) => shown(value).map((each): Assigned => ({ ...each, file, line }))),
  };
}

/** Words with special characters come quoted, a value's dollar signs and backslashes escaped. */
function shown(value: string): { name: string; value: string }[] {
  return wordsOf(value.replaceAll('\\$', '$').replaceAll('\\`', '`')).words.flatMap(({ text }) => {
    const equals = text.indexOf('=');
    return equals < 1 ? [] : [{ name: text.slice(0, equals), value: text.slice(equals + 1) }];
  });
}
