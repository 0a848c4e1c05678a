import { marks } from '../../marks.ts';
import { escapeHtml } from '../../picture/markup.ts';
import { plural } from '../../verdict.ts';
import type { HistoryModel } from '../model/build-model.ts';
import { worstOf } from '../model/direction.ts';
import type { CaseStanding } from '../model/standings.ts';
import { bugLink } from './cases-html.ts';
import type { SiteLinks } from './site-links.ts';
import type { SitePage } from './site-page.ts';
import { countWords, profileWords } from './site-words.ts';

/** What fails without a bug that anybody has filed, and every bug with what it explains. */
export function bugsPage(model: HistoryModel, links: SiteLinks): SitePage {
  const isFailing = ({ outcome }: CaseStanding): boolean => ['fail', 'warn', 'blocked'].includes(outcome);
  const without = model.standings.filter((each) => isFailing(each) && !each.known?.link);
  const bugs = Map.groupBy(
    model.standings.filter(({ known }) => known?.link),
    ({ known }) => known?.link ?? '',
  );
  const known = [...bugs]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([link, members]) => {
      const failing = members.filter(isFailing);
      const reasons = new Set(members.flatMap((each) => model.detailOf(each).known?.reason ?? []));
      const rest = members.length - failing.length;
      const gone =
        rest === 0
          ? ''
          : `<p class="cite">${plural(rest, 'result', 'results')} that it is named for ${rest === 1 ? 'does' : 'do'} not deviate: narrow the entry in the expectations file, or remove it.</p>`;
      return `<h3>${bugLink(link)}</h3><p>${[...reasons].map(escapeHtml).join(' · ')}</p>${gone}${listHtml(failing, links)}`;
    });
  return {
    file: 'bugs.html',
    title: 'Bugs, and failures without one',
    lead: `<p class="cite">An expectations file names a known failure and its bug: <code>--expect</code> of run and recheck.</p>`,
    body: `<h2 id="without">Failures without a bug’s link <small>${without.length}</small></h2>${listHtml(without, links) || '<p>None: every failure of the newest runs has a bug’s link.</p>'}
<h2 id="known">Known bugs <small>${bugs.size}</small></h2>${known.join('\n') || '<p>No expectations file of these runs names a bug.</p>'}`,
  };
}

/** By requirement, then by column. */
function listHtml(standings: readonly CaseStanding[], links: SiteLinks): string {
  if (standings.length === 0) return '';
  const items = [...Map.groupBy(standings, ({ scenario }) => scenario)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([scenario, members]) => {
      const worst = worstOf(members.map(({ outcome }) => outcome));
      const groups = Map.groupBy(members, ({ column }) => `${column.name}, ${profileWords(column)}`);
      const columns = [...groups].map(([group, here]) => `<li>${escapeHtml(group)}: ${versionsHtml(here, links)}</li>`);
      return `<li><span class="cell ${worst}" aria-hidden="true">${marks[worst]}</span> <a href="requirements/${scenario}.html"><code>${escapeHtml(scenario)}</code></a> <small>${escapeHtml(members[0]?.requirement ?? '')}</small><ul>${columns.join('')}</ul></li>`;
    });
  return `<ul class="results">${items.join('')}</ul>`;
}

/** The versions of one subject, each with what it came to. */
function versionsHtml(standings: readonly CaseStanding[], links: SiteLinks): string {
  return [...Map.groupBy(standings, ({ columnIndex }) => columnIndex)]
    .map(([index, [first, ...rest]]) => {
      if (!first) return '';
      const here = [first, ...rest];
      const noted = here.filter(({ known }) => known && known.link === '').length;
      return `<a href="requirements/${first.scenario}.html#${links.columns[index]}">${escapeHtml(first.column.version)}</a> ${countWords(here.map(({ outcome }) => outcome))}${noted > 0 ? ` (${noted} expected, without a link)` : ''}`;
    })
    .join(' · ');
}
