import type { Change } from './changes.ts';
import { coveredBy, inWords, type Section } from './coverage.ts';
import type { Sentence } from './sentences.ts';

/** What changed in a page, heading by heading, with what covers each sentence. @param page how it is called */
export function changesInWords(page: string, changes: readonly Change[], sections: readonly Section[]): string {
  const count = changes.length === 1 ? '1 sentence' : `${changes.length || 'no'} sentences`;
  const lines = [`${page}: ${count} changed`];
  for (const [heading, these] of Map.groupBy(changes, ({ is, was }) => (is ?? was)?.heading ?? '')) {
    lines.push('', `  ${heading === '' ? '(before the first heading)' : `“${heading}”`}`);
    for (const change of these) lines.push(...changed(change, sections));
  }
  return `${lines.join('\n')}\n`;
}

function changed({ was, is }: Change, sections: readonly Section[]): string[] {
  const covering = [is, was].flatMap((each) => (each ? coveredBy(each, sections) : []));
  return [
    ...(is ? [`    ${was ? 'now' : 'new'}:  ${worded(is)}`] : []),
    ...(was ? [`    ${is ? 'was' : 'gone'}:${is ? ' ' : ''} ${worded(was)}`] : []),
    `          ${inWords([...new Set(covering)])}`,
  ];
}

const worded = ({ kind, text }: Sentence): string =>
  kind === 'text' ? text : `${text}  (${kind === 'code' ? 'a line of code' : 'a heading'})`;
