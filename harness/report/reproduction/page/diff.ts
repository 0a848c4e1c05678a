import { escapeHtml } from '../../picture/index.ts';

/** A diff as HTML, a line each; of a line that became another the part that differs stands out. */
export function diffHtml(diff: string): string {
  const lines = diff.trimEnd().split('\n');
  return lines.map((line, at) => lineHtml(line, partnerOf(lines, at))).join('');
}

const isTaken = (line = ''): boolean => line.startsWith('-') && !line.startsWith('---');
const isPut = (line = ''): boolean => line.startsWith('+') && !line.startsWith('+++');

/** The line that this one was, or became, where it is one alone. */
function partnerOf(lines: readonly string[], at: number): string | undefined {
  const [before, line, after] = [lines[at - 1], lines[at], lines[at + 1]];
  if (isTaken(line) && !isTaken(before)) return isPut(after) && !isPut(lines[at + 2]) ? after : undefined;
  if (isPut(line) && !isPut(after)) return isTaken(before) && !isTaken(lines[at - 2]) ? before : undefined;
  return undefined;
}

function lineHtml(line: string, partner: string | undefined): string {
  if (/^(?:---|\+\+\+|@@)/.test(line)) return `<span class="line place">${escapeHtml(line)}\n</span>`;
  const look = isPut(line) ? ' put' : isTaken(line) ? ' taken' : '';
  return `<span class="line${look}">${partner === undefined ? escapeHtml(line) : withPart(line, partner)}\n</span>`;
}

function withPart(line: string, partner: string): string {
  let start = 1;
  while (start < line.length && line[start] === partner[start]) start += 1;
  let end = 0;
  const most = Math.min(line.length, partner.length) - start;
  while (end < most && line.at(-1 - end) === partner.at(-1 - end)) end += 1;
  const part = line.slice(start, line.length - end);
  const marked = part === '' ? '' : `<b>${escapeHtml(part)}</b>`;
  return `${escapeHtml(line.slice(0, start))}${marked}${escapeHtml(line.slice(line.length - end))}`;
}
