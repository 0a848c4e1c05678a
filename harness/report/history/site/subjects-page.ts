import { escapeHtml } from '../../picture/markup.ts';
import type { HistoryModel } from '../model/build-model.ts';
import type { SiteLinks } from './site-links.ts';
import type { SitePage } from './site-page.ts';
import { countWords, profileWords } from './site-words.ts';
import { tableHtml } from './table-html.ts';

/** Every subject, each under each profile that it was held to. */
export function subjectsPage({ data, standings }: HistoryModel, links: SiteLinks): SitePage {
  const byColumn = Map.groupBy(standings, ({ columnIndex }) => columnIndex);
  const names = Map.groupBy(
    data.columns.map((column, index) => ({ column, index })),
    ({ column }) => column.name,
  );
  const parts = [...names].map(([name, members]) => {
    const rows = members.map(({ column, index }) => {
      const outcomes = (byColumn.get(index) ?? []).map(({ outcome }) => outcome);
      return `<tr><th scope="row"><a href="subjects/${links.subjects[index]}.html">${escapeHtml(column.version)}</a></th><td>${escapeHtml(profileWords(column))}</td><td>${countWords(outcomes)}</td><td>${column.runs.length}</td><td>${column.runs.at(-1)?.slice(0, 10)}</td><td><a href="badges/${links.columns[index]}.json">badge<span hidden> of ${escapeHtml(column.version)}</span></a></td></tr>`;
    });
    return `<h2>${escapeHtml(name)}</h2>${tableHtml(name, ['version', 'held to', 'newest outcomes', 'runs', 'newest run', 'badge'], rows)}`;
  });
  return { file: 'subjects.html', title: 'Subjects', body: parts.join('\n') };
}
