import { percentEncode } from '../../../url/index.ts';
import { marks } from '../../marks.ts';
import { escapeHtml, seconds } from '../../picture/index.ts';
import type { HistoryModel } from '../model/build-model.ts';
import { directionOf, worstOf } from '../model/direction.ts';
import type { CaseStanding } from '../model/standings.ts';
import type { HistoryRun } from '../store/history-run.ts';
import type { SiteLinks } from './site-links.ts';
import type { SitePage } from './site-page.ts';
import { changeWords, countWords, profileWords, subjectWords } from './site-words.ts';
import { tableHtml } from './table-html.ts';

/**
 * The page of a subject: under each profile what does not hold, what changed, and its runs.
 * @param columns the places of its columns
 * @param url where the site is, for what refers to it from elsewhere
 */
export function subjectPage(model: HistoryModel, links: SiteLinks, columns: readonly number[], url: string): SitePage {
  const [first = 0] = columns;
  const column = model.data.columns[first];
  const parts = columns.map((index) => {
    const standings = model.standings.filter(({ columnIndex }) => columnIndex === index);
    return columnHtml(model, links.columns[index] ?? '', standings, index, url);
  });
  return {
    file: `subjects/${links.subjects[first]}.html`,
    title: column ? subjectWords(column) : '',
    body: parts.join('\n'),
  };
}

function columnHtml(
  model: HistoryModel,
  name: string,
  standings: readonly CaseStanding[],
  index: number,
  url: string,
): string {
  const column = model.data.columns[index];
  const runs = model.runsOf[index] ?? [];
  if (!column) return '';
  const wrong = standings.filter(({ outcome }) => ['fail', 'warn', 'blocked'].includes(outcome));
  const broken = standings.filter(({ outcome }) => outcome === 'error');
  const changed = standings.filter((each) => each.changed?.isRecent);
  const badge = `${url}badges/${name}.json`;
  return `<section id="${name}"><h2>${escapeHtml(profileWords(column))}</h2>
<p>${countWords(standings.map(({ outcome }) => outcome))}. <a href="../index.html#${escapeHtml(queryOf(column))}">All of it in the matrix</a>.</p>
<h3>What does not hold</h3>${scenariosHtml(wrong, name) || '<p>Nothing: all holds that was judged.</p>'}
${broken.length === 0 ? '' : `<h3>What was not judged, because the harness broke</h3>${scenariosHtml(broken, name)}`}
<h3>What changed</h3>${changesHtml(changed, name) || '<p>Nothing since the run or the version before.</p>'}
<h3>Runs</h3>${runsHtml(runs)}
<details class="more"><summary>Badge</summary><p>An endpoint of shields.io: <code>![${escapeHtml(subjectWords(column))}](https://img.shields.io/endpoint?url=${escapeHtml(percentEncode(badge))})</code></p></details></section>`;
}

function queryOf({ name, version, profile }: { name: string; version: string; profile: string }): string {
  const wanted = /^v?\d+\.\d+\.\d+/.exec(version)?.[0];
  const q = [`runner:${name}`, ...(wanted === undefined ? [] : [`version:${wanted}`]), `profile:${profile}`].join(' ');
  return new URLSearchParams({ q }).toString();
}

function scenariosHtml(standings: readonly CaseStanding[], anchor: string): string {
  if (standings.length === 0) return '';
  const items = [...Map.groupBy(standings, ({ scenario }) => scenario)].map(([scenario, members]) => {
    const outcomes = members.map(({ outcome }) => outcome);
    const worst = worstOf(outcomes);
    const unknown = members.filter(({ outcome, known }) => outcome !== 'error' && !known?.link).length;
    const bugs = unknown === 0 ? '' : ` · ${unknown} without a bug’s link`;
    return `<li><span class="cell ${worst}" aria-hidden="true">${marks[worst]}</span> <a href="../requirements/${scenario}.html#${anchor}"><code>${escapeHtml(scenario)}</code></a> ${countWords(outcomes)}${bugs}<br><small>${escapeHtml(members[0]?.requirement ?? '')}</small></li>`;
  });
  return `<ul class="results">${items.join('')}</ul>`;
}

function changesHtml(changed: readonly CaseStanding[], anchor: string): string {
  if (changed.length === 0) return '';
  const groups = Map.groupBy(changed, (each) => `${each.scenario} ${each.outcome} ${changeWords(each)}`);
  const items = [...groups.values()].map((members) => {
    const [first] = members;
    if (!first) return '';
    const way = first.changed ? directionOf(first.changed.before, first.outcome) : 'other';
    return `<li><span class="cell ${first.outcome}" aria-hidden="true">${marks[first.outcome]}</span> <a href="../requirements/${first.scenario}.html#${anchor}"><code>${escapeHtml(first.scenario)}</code></a> ${members.length} ${first.outcome}, ${escapeHtml(changeWords(first))}${way === 'other' ? '' : ` <span class="word ${way === 'worse' ? 'fail' : 'pass'}">${way}</span>`}</li>`;
  });
  return `<ul class="results">${items.join('')}</ul>`;
}

function runsHtml(runs: readonly HistoryRun[]): string {
  const rows = runs.toReversed().map((run) => {
    const outcomes = Object.values(run.scenarios).flatMap(({ cases }) =>
      Object.values(cases).map((each) => (each === 'pass' ? 'pass' : each.outcome)),
    );
    const { os, cpus } = run.machine;
    const report =
      run.report !== undefined && /^https?:\/\//.test(run.report)
        ? `<a href="${escapeHtml(run.report)}" rel="noreferrer">report</a>`
        : '';
    return `<tr><th scope="row">${run.startedAt.slice(0, 16).replace('T', ' ')}</th><td>${countWords(outcomes)}</td><td>${seconds(run.durationMs)}</td><td>Proxyproof ${escapeHtml(run.suite)}</td><td>${escapeHtml(os)}, ${cpus} CPUs</td><td>${report}</td></tr>`;
  });
  return tableHtml('Runs', ['began (UTC)', 'outcomes', 'took', 'suite', 'machine', 'report'], rows);
}
