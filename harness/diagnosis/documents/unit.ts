import { lineAt, logicalLines } from '../../recipes/systemd/logical.ts';
import { keyAndValue } from '../../recipes/systemd/read.ts';
import { undoSpecifiers } from '../../recipes/systemd/specifiers.ts';
import { wordsOf } from '../../recipes/systemd/words.ts';
import { piecesOfCat } from './_systemctl-cat.ts';
import { isReadBySystemd, isUnitPath, unitOfPath, unitOfText } from './_unit-path.ts';
import type { Assigned, Piece, Place, Reader, UnitDocument, UnitLine, UnitWord } from './document.ts';

const HEADING = /^[ \t]*\[[ \t]*(?:Unit|Services?|Install|Manager|Socket|Timer)[ \t]*\][ \t]*\r?$/im;
const DIRECTIVE =
  /^[ \t]*(?:Exec(?:Start|Stop|Reload)|(?:Default)?Environment(?:File)?|Type|Restart|Description|WantedBy|After|Enviroment)[ \t]*=/m;
const ENVIRONMENT = /^[ \t]*(?:Default)?Environment[ \t]*=[ \t]*["'“„[]?[A-Za-z]/m;

/** A unit of systemd, a drop-in, system.conf, or what `systemctl cat` prints of them. */
export const unitReader: Reader = {
  title: 'a unit or drop-in of systemd',
  knows: ({ path, text }) => {
    const head = text.slice(0, 64 * 1024);
    const speaks = HEADING.test(head);
    if (isUnitPath(path)) return speaks || DIRECTIVE.test(head) || /\.(?:conf|service)$/i.test(path) ? 3 : 2;
    // A terminal or a log may show one; then other lines come before.
    const first = head.split('\n').find((line) => line.trim() !== '' && !/^[ \t]*[#;]/.test(line)) ?? '';
    if (speaks && DIRECTIVE.test(head) && /^[ \t]*(?:\[|(?:Default)?Environment)/.test(first)) return 2;
    if (ENVIRONMENT.test(head) && /^[ \t]*Environment(?:File)?\s*=/.test(first)) return /\.conf$/i.test(path) ? 2 : 1;
    return 0;
  },
  read: (piece) => piecesOfCat(piece).map(document),
};

function document(piece: Piece): UnitDocument {
  const { file, path, text, skipped } = piece;
  const at = (line: number): Place => ({ file, line: skipped + line });
  const isManager =
    /(?:^|\/)(?:system|user)\.conf(?:\.d\/|$)/.test(path) ||
    (/^[ \t]*\[Manager\]/m.test(text) && !/\.service(?:\.d\/|$)/.test(path));
  const [wanted, key] = isManager ? ['Manager', 'DefaultEnvironment'] : ['Service', 'Environment'];
  const lines: UnitLine[] = [];
  const words: UnitWord[] = [];
  let assignments: Assigned[] = [];
  let resets = false;
  const environmentFiles: (Place & { path: string })[] = [];
  let section: string | undefined;
  for (const logical of logicalLines(text)) {
    const isHeading = logical.text.startsWith('[');
    // systemd takes no heading with something behind its bracket.
    if (isHeading && logical.text.endsWith(']')) section = logical.text.slice(1, -1);
    const said = isHeading ? { key: '', value: undefined } : keyAndValue(logical.text);
    const last = skipped + (logical.parts.at(-1)?.line ?? logical.line);
    lines.push({ ...at(logical.line), text: logical.text, section, isHeading, ...said, last });
    if (isHeading || section !== wanted || said.value === undefined) continue;
    if (said.key === 'EnvironmentFile' && said.value !== '')
      environmentFiles.push({ ...at(logical.line), path: said.value });
    if (said.key !== key) continue;
    if (said.value === '') {
      assignments = [];
      resets = true;
      continue;
    }
    const from = logical.text.length - said.value.length;
    const own = unitWords(said.value, (offset) => at(lineAt(logical, from + offset)), skipped + logical.line);
    for (const word of own) {
      words.push(word);
      const { name, value, specifiers, broken, ...place } = word;
      if (name === undefined || broken || specifiers.some((each) => !REPLACED.test(each))) continue;
      assignments.push({ file, line: place.line, name, value });
    }
  }
  const directives = lines.filter((line) => !line.isHeading).map(({ last, isHeading, text: whole, ...rest }) => rest);
  return {
    kind: 'unit',
    piece,
    unit: isManager ? undefined : (unitOfPath(path) ?? unitOfText(text)),
    role: isManager ? 'manager' : isWhole(path, text) ? 'unit' : 'drop-in',
    read: isReadBySystemd(path),
    directives,
    lines,
    words,
    assignments,
    resets,
    environmentFiles,
  };
}

/** A specifier that systemd replaces by something of its own, rather than drop the assignment. */
const REPLACED = /^%[aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY]$/;

const isWhole = (path: string, text: string): boolean =>
  /\.service$/.test(path) ||
  (!/\.d\//.test(path) && /^[ \t]*ExecStart\s*=\s*\S/m.test(text) && /^[ \t]*\[Unit\]/m.test(text));

function unitWords(value: string, place: (offset: number) => Place, keyLine: number): readonly UnitWord[] {
  const { words, broken } = wordsOf(value);
  const read = words.map(({ text, from, to, quoted }): UnitWord => {
    const { text: undone, replaced, unknown } = undoSpecifiers(text);
    const [, name, rest = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(undone) ?? [];
    const raw = value.slice(from, to);
    const specifiers = [...replaced, ...unknown];
    return { ...place(from), keyLine, raw, text, quoted, name, value: rest, specifiers, broken: undefined };
  });
  if (!broken) return read;
  const raw = value.slice(broken.from);
  const text = raw.replace(/^["']/, '');
  const [, name, rest = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  return [
    ...read,
    {
      ...place(broken.from),
      keyLine,
      raw,
      text,
      quoted: false,
      name,
      value: rest,
      specifiers: [],
      broken: broken.kind,
    },
  ];
}
