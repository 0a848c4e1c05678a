import type { Piece } from '../documents/document.ts';
import { partsOfSession } from './session.ts';

/** By which a section of a bug report, or the info string of a code block, tells what stands in the block. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/config\.toml|runner configuration|\btoml\b/i, 'config.toml'],
  [/systemctl show/i, 'systemctl-show.txt'],
  [/systemctl cat/i, 'systemctl-cat.txt'],
  [/docker info/i, 'docker-info.txt'],
  [/docker version/i, 'docker-version.txt'],
  [/\.gitlab-ci|job definition|\bya?ml\b/i, '.gitlab-ci.yml'],
  [/daemon\.json/i, 'daemon.json'],
  [/config\.json/i, 'config.json'],
  [/cntlm/i, 'cntlm.conf'],
  [/drop-?in|systemd|\.service|override\.conf/i, 'http-proxy.conf'],
  [/runner version|--version/i, 'version.txt'],
  [/\blogs?\b|trace|output/i, 'log.txt'],
];

export const isMarkdown = (name: string, text: string): boolean =>
  /\.(md|markdown)$/i.test(name) || /^#{1,6} (Summary|Steps to reproduce)\b/m.test(text.slice(0, 64 * 1024));

/** The code blocks of a bug report, each with what its section and its own line tell of it; the text between them is none. */
export function piecesOfMarkdown(file: string, text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const lines = text.split('\n');
  let heading = '';
  let before = '';
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, fence, info = ''] = /^\s*(`{3,}|~{3,})\s*(.*)$/.exec(line) ?? [];
    if (fence === undefined) {
      heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1] ?? /<summary>(.*?)<\/summary>/i.exec(line)?.[1] ?? heading;
      // What a folded section is called says nothing of what follows it.
      if (/<\/details>/i.test(line)) heading = '';
      if (/^#{1,6}\s/.test(line)) before = '';
      else if (line.trim() !== '') before = line;
      continue;
    }
    const from = at + 1;
    at = from;
    while (at < lines.length && !(lines[at] ?? '').trim().startsWith(fence)) at += 1;
    const words = [before, info, heading];
    for (const { command, skipped, text: part } of partsOfSession(lines.slice(from, at).join('\n'))) {
      if (part.trim() === '') continue;
      const path = command === undefined ? hintOf(words) : pathOfCommand(command);
      pieces.push({ file, path, text: part, skipped: from + skipped });
    }
    before = '';
  }
  return pieces;
}

/** What is taken for the name of what a command printed; of systemctl with the unit that was asked for, where it is one. */
function pathOfCommand(command: string): string {
  const [, asked] = /systemctl show((?: +\S+)+)/.exec(command) ?? [];
  if (asked === undefined) return hintOf([command]);
  const units = asked
    .split(/ +/)
    .filter((word, at, words) => /^[\w@.]/.test(word) && !/^-p$/.test(words[at - 1] ?? ''));
  return units.length === 1 ? `systemctl-show-${units[0]?.replace(/\.service$/, '')}.txt` : 'systemctl-show.txt';
}

function hintOf(words: readonly string[]): string {
  for (const word of words) {
    const path = /[`(]?((?:\/|~\/)[\w./@-]+\.\w+)/.exec(word)?.[1];
    if (path !== undefined) return path;
  }
  for (const word of words) for (const [pattern, path] of HINTS) if (pattern.test(word)) return path;
  return '';
}
