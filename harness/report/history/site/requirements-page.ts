import { levels } from '../../marks.ts';
import { escapeHtml } from '../../picture/markup.ts';
import type { HistoryModel } from '../model/build-model.ts';
import type { SitePage } from './site-page.ts';
import { tableHtml } from './table-html.ts';

/** Every requirement, by family. */
export function requirementsPage({ data }: HistoryModel): SitePage {
  const families = Map.groupBy(data.scenarios, ([id]) => id.split('/')[0] ?? id);
  const parts = [...families].map(([family, members]) => {
    const rows = members.map(
      ([id, level, requirement]) =>
        `<tr><th scope="row"><a href="requirements/${id}.html">${escapeHtml(id)}</a></th><td>${levels[level]}</td><td>${escapeHtml(requirement)}</td></tr>`,
    );
    return `<h2>${escapeHtml(family)}</h2>${tableHtml(`Requirements of ${family}`, [], rows)}`;
  });
  return { file: 'requirements.html', title: 'Requirements', body: parts.join('\n') };
}
