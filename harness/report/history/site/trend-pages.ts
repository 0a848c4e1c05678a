import { type Outcome, outcomeNames } from '../../../conformance/outcome.ts';
import { marks } from '../../marks.ts';
import { type Amount, sameAmount } from '../../measured/index.ts';
import { escapeHtml } from '../../picture/markup.ts';
import { plural } from '../../verdict.ts';
import type { HistoryModel } from '../model/build-model.ts';
import { type AmountSeries, type MeasuredSeries, measuredSeries } from '../model/measured-series.ts';
import { outcomeCounts } from '../model/outcome-counts.ts';
import { safeName } from '../store/file-name.ts';
import type { HistoryRun } from '../store/history-run.ts';
import type { SitePage } from './site-page.ts';
import { profileWords } from './site-words.ts';
import { sparkHtml } from './spark-html.ts';
import { tableHtml } from './table-html.ts';

/** A subject under a profile, over versions. */
interface Trend {
  readonly name: string;
  readonly file: string;
  readonly runs: readonly HistoryRun[];
  /** Places of the runs at which a version begins. */
  readonly boundaries: readonly number[];
}

/** How outcomes and measured values went: version after version, and run after run. One page for all outcomes, one for the values of each. */
export function trendPages(model: HistoryModel): SitePage[] {
  const trends = trendsOf(model);
  const parts = trends.map(
    (trend) =>
      `<h2>${headHtml(trend)}</h2>${tableHtml(`Outcomes of ${trend.name}`, ['outcome', ...COURSE], outcomesHtml(trend.runs, trend.boundaries))}
<p><a href="${trend.file}">Measured values of ${escapeHtml(trend.name)}</a></p>
<details class="more"><summary>As numbers, run by run</summary>${numbersHtml(trend.runs)}</details>`,
  );
  const overview: SitePage = {
    file: 'trends.html',
    title: 'Trends',
    lead: `<p class="cite">${DIRECTIONS} Runs of fewer cases have fewer of every outcome.</p>`,
    body: parts.join('\n'),
  };
  return [overview, ...trends.map(measuredPage)];
}

const DIRECTIONS =
  'From left to right: version after version, and the runs of each in the order of their time. A line is where a version begins.';

function trendsOf(model: HistoryModel): Trend[] {
  const files = new Set<string>();
  const columns = model.data.columns.map((column, index) => ({ column, runs: model.runsOf[index] ?? [] }));
  const groups = Map.groupBy(columns, ({ column }) => `${column.name}, ${profileWords(column)}`);
  // Columns of one subject stand in the order of their versions.
  return [...groups].map(([name, members]) => {
    const runs = members.flatMap((each) => each.runs);
    const wanted = `trends/${safeName(name.replaceAll(', ', '-').replaceAll(' ', '-')).toLowerCase()}`;
    const file = files.has(wanted) ? `${wanted}-${files.size}` : wanted;
    files.add(file);
    const boundaries = runs.flatMap((run, at) => (run.subject.version === runs[at - 1]?.subject.version ? [] : [at]));
    return { name, file: `${file}.html`, runs, boundaries };
  });
}

function headHtml({ name, runs, boundaries }: Trend): string {
  const versions = boundaries.map((at) => escapeHtml(runs[at]?.subject.version ?? ''));
  return `${escapeHtml(name)} <small>${plural(runs.length, 'run', 'runs')}, ${versions.join(' → ')}</small>`;
}

function measuredPage(trend: Trend): SitePage {
  const { name, file, runs, boundaries } = trend;
  const measured = measuredSeries(runs);
  const moving = measured.filter(({ isConstant }) => !isConstant);
  const still = measured.length - moving.length;
  const rows = moving.map((each) => measuredHtml(each, boundaries, runs));
  return {
    file,
    title: `Measured values: ${name}`,
    lead: `<p class="cite">${DIRECTIONS} Times within a second, or a tenth, are the same.</p>`,
    body: `<h2>${headHtml(trend)}</h2>${rows.length === 0 ? '' : tableHtml('Measured values', ['case and quantity', ...COURSE], rows)}
<p class="cite">${still === 0 ? '' : `${plural(still, 'measured answer', 'measured answers')} never changed.`}${measured.length === 0 ? 'Nothing was measured.' : ''}</p>`,
  };
}

const COURSE = ['course', 'newest', 'least to most'] as const;

const countIn = (run: HistoryRun, outcome: Outcome): number => outcomeCounts(run).get(outcome) ?? 0;

function outcomesHtml(runs: readonly HistoryRun[], boundaries: readonly number[]): string[] {
  return outcomeNames
    .map((outcome) => ({ outcome, values: runs.map((run) => countIn(run, outcome)) }))
    .filter(({ values }) => values.some((each) => each > 0))
    .map(({ outcome, values }) => {
      const name = `<span class="cell ${outcome}" aria-hidden="true">${marks[outcome]}</span> ${outcome}`;
      return rowHtml(name, { values, boundaries, kind: outcome, words: outcome, unit: '' });
    });
}

function measuredHtml(each: MeasuredSeries, boundaries: readonly number[], runs: readonly HistoryRun[]): string {
  const name = `<a href="../requirements/${each.scenario}.html"><code>${escapeHtml(each.id)}</code></a>`;
  const rows = each.series.filter(isMoving).map(({ name: of, unit, amounts }) =>
    rowHtml(`${name}<br><small>${escapeHtml(of)}</small>`, {
      values: amounts,
      boundaries,
      words: `${each.id}, ${of}`,
      unit: unit === '' ? '' : ` ${unit}`,
    }),
  );
  const turns = each.answers.flatMap((answer, at) => {
    const before = each.answers.slice(0, at).findLast((other) => other !== undefined);
    return answer === undefined || answer === before ? [] : [{ answer, run: runs[at] }];
  });
  const said = turns
    .slice(-TURNS)
    .map(
      ({ answer, run }) =>
        `<li>${escapeHtml(run?.subject.version ?? '')}, ${run?.startedAt.slice(0, 10)}: ${escapeHtml(answer)}</li>`,
    );
  return `${rows.join('')}<tr><th scope="row">${rows.length > 0 ? '' : name}</th><td colspan="3"><details class="more"><summary>${plural(turns.length, 'answer', 'answers')}${turns.length > TURNS ? `, the newest ${TURNS}` : ''}</summary><ul>${said.join('')}</ul></details></td></tr>`;
}

/** A quantity that stays where it was needs no chart, though the answer has another that does not. */
function isMoving({ amounts, unit, name }: AmountSeries): boolean {
  const [first, ...rest] = amounts.flatMap((amount) =>
    amount === undefined ? [] : [{ amount, unit, name } as Amount],
  );
  return first !== undefined && !rest.every((each) => sameAmount(first, each));
}

/** How many of a case's answers are told. */
const TURNS = 8;

interface Row {
  readonly values: readonly (number | undefined)[];
  readonly boundaries: readonly number[];
  readonly kind?: string;
  readonly words: string;
  readonly unit: string;
}

function rowHtml(name: string, { values, boundaries, kind, words, unit }: Row): string {
  const there = values.filter((each) => each !== undefined);
  const newest = values.at(-1);
  const range = `${Math.min(...there)} to ${Math.max(...there)}${unit}`;
  const label = `${words}: ${range}, newest ${newest ?? 'none'}`;
  return `<tr><th scope="row">${name}</th><td>${sparkHtml({ label, values, boundaries, ...(kind === undefined ? {} : { kind }) })}</td><td class="number">${newest === undefined ? 'none' : `${newest}${unit}`}</td><td class="number">${range}</td></tr>`;
}

function numbersHtml(runs: readonly HistoryRun[]): string {
  const shown = outcomeNames.filter((outcome) => runs.some((run) => countIn(run, outcome) > 0));
  const rows = runs.map(
    (run) =>
      `<tr><th scope="row">${run.startedAt.slice(0, 16).replace('T', ' ')}</th><td>${escapeHtml(run.subject.version)}</td>${shown.map((outcome) => `<td class="number">${countIn(run, outcome)}</td>`).join('')}</tr>`,
  );
  return tableHtml('Outcomes, run by run', ['run (UTC)', 'version', ...shown], rows);
}
