import type { Piece } from './document.ts';

/** The comment by which `systemctl cat` names the file that follows. */
const NAMED = /^# (\/\S+\.(?:service|conf|socket|slice|mount|timer|target))\r?$/;

/** The files that `systemctl cat` prints, each with its own path; a text that is none of its output as it is. */
export function piecesOfCat(piece: Piece): readonly Piece[] {
  const lines = piece.text.split('\n');
  const starts = lines.flatMap((line, index) => {
    const path = NAMED.exec(line)?.[1];
    return path === undefined ? [] : [{ index, path }];
  });
  const [first] = starts;
  const isNamed = /\.(?:conf|service)(?:\.\w+)?$/.test(piece.path) || /systemd\//.test(piece.path);
  if (!first || (starts.length === 1 && isNamed)) return [piece];
  return starts.map(({ index, path }, nth) => {
    // What stands before the first one, such as a warning of systemctl, belongs to it.
    const from = nth === 0 ? 0 : index;
    const to = starts[nth + 1]?.index ?? lines.length;
    return { file: piece.file, path, text: lines.slice(from, to).join('\n'), skipped: piece.skipped + from };
  });
}
