import { maskedText } from '../../url/index.ts';

/** What stands before the place that is marked, in characters, when the line is too long to be shown whole. */
const BEFORE = 30;

/**
 * A line of a customer's file with a mark under what is wrong in it.
 * @param written the line as it stands
 * @param line its number
 * @param at the part of it that is wrong, if one is
 * @param width columns of the terminal
 */
export function excerpt(written: string, line: number, at: string | undefined, width: number): string[] {
  const gutter = `${line}`.padStart(5);
  const text = maskedText(written.replaceAll('\t', ' ').trimEnd());
  const room = Math.max(40, width - 9);
  const wrong = at === undefined || at === '' ? -1 : text.indexOf(at);
  // As much of what stands before it as there is room for.
  const from = wrong > room - 20 ? Math.max(0, Math.min(wrong - BEFORE, text.length - room)) : 0;
  const shown = text.slice(from, from + room);
  const dots = { before: from > 0 ? '…' : '', after: from + room < text.length ? '…' : '' };
  const mark =
    wrong < 0 || at === undefined
      ? []
      : [
          `${' '.repeat(6)} ${' '.repeat(wrong - from + dots.before.length)}${'^'.repeat(Math.min(at.length, room - (wrong - from)))}`,
        ];
  return [`${gutter} | ${dots.before}${shown}${dots.after}`, ...mark.map((each) => each.replace(/^ {7}/, '      | '))];
}
