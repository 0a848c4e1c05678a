import { levels, marks } from '../../marks.ts';
import { escapeHtml } from '../../picture/markup.ts';
import type { HistoryModel } from '../model/build-model.ts';
import { worstOf } from '../model/direction.ts';
import type { CaseStanding } from '../model/standings.ts';
import { casesHtml } from './cases-html.ts';
import type { SiteLinks } from './site-links.ts';
import type { SitePage } from './site-page.ts';
import { countWords, profileWords, subjectWords } from './site-words.ts';
import { tableHtml } from './table-html.ts';

/** The page of a requirement: how every subject stands to it, and why. */
export function requirementPage(model: HistoryModel, links: SiteLinks, scenarioIndex: number): SitePage {
  const [id = '', level = 'R', requirement = ''] = model.data.scenarios[scenarioIndex] ?? [];
  const citations = new Set(model.runs.flatMap(({ scenarios }) => scenarios[id]?.citation ?? []));
  const all = model.standings.filter((each) => each.scenarioIndex === scenarioIndex);
  const columns = [...Map.groupBy(all, ({ columnIndex }) => columnIndex)];
  const parts = columns.map(([columnIndex, members]) => columnHtml(model, links.columns[columnIndex] ?? '', members));
  const rows = columns.map(([columnIndex, [first]]) => {
    const members = all.filter((each) => each.columnIndex === columnIndex);
    return first === undefined ? '' : rowHtml(first, members, links, columnIndex);
  });
  return {
    file: `requirements/${id}.html`,
    title: id,
    lead: `<p>${escapeHtml(requirement)}</p><p class="cite">${levels[level]} · ${[...citations].map(escapeHtml).join('<br>')}</p>`,
    body: `<h2>Subjects</h2>${tableHtml('Subjects', ['subject', 'held to', 'outcomes', 'run of'], rows)}
<h2>Cases</h2>${parts.join('\n')}`,
  };
}

function rowHtml(
  { column, startedAt }: CaseStanding,
  members: readonly CaseStanding[],
  links: SiteLinks,
  columnIndex: number,
): string {
  const outcomes = members.map(({ outcome }) => outcome);
  const worst = worstOf(outcomes);
  return `<tr><th scope="row"><a href="../../subjects/${links.subjects[columnIndex]}.html">${escapeHtml(subjectWords(column))}</a></th><td>${escapeHtml(profileWords(column))}</td><td><a class="cell ${worst}" href="#${links.columns[columnIndex]}" aria-label="cases of ${escapeHtml(`${subjectWords(column)}, ${profileWords(column)}`)}">${marks[worst]}</a> ${countWords(outcomes)}</td><td>${startedAt.slice(0, 10)}</td></tr>`;
}

function columnHtml(model: HistoryModel, anchor: string, members: readonly CaseStanding[]): string {
  const [first] = members;
  if (!first) return '';
  const outcomes = members.map(({ outcome }) => outcome);
  const worst = worstOf(outcomes);
  const { report } = model.detailOf(first).run;
  const whole =
    report !== undefined && /^https?:\/\//.test(report)
      ? ` · <a href="${escapeHtml(report)}" rel="noreferrer">whole report of the run</a>`
      : '';
  return `<section class="standing" id="${anchor}"><h3><span class="cell ${worst}" aria-hidden="true">${marks[worst]}</span>${escapeHtml(subjectWords(first.column))}, ${escapeHtml(profileWords(first.column))} <small>${countWords(outcomes)} · run of ${first.startedAt.slice(0, 10)}${whole}</small></h3>${casesHtml(model, members)}</section>`;
}
