import type { CaseOutcome } from '../../conformance/outcome.ts';
import { marks } from '../marks.ts';
import { cut, escapeHtml } from '../picture/index.ts';
import { byFamily } from '../verdict.ts';

/** One combination of axes that are not at their defaults. */
interface Column {
  readonly key: string;
  /** What the first axis says: columns of one group stand side by side. */
  readonly group: string;
  readonly label: string;
}

/** A case in the page. */
export interface CaseEntry {
  readonly outcome: CaseOutcome;
  /** The id of its element. */
  readonly anchor: string;
  readonly unexpected: boolean;
}

/** The matrix of one run: a table for each family, a row for each scenario, a column for each combination of axes. */
export function matrixHtml(entries: readonly CaseEntry[]): string {
  const anchors = new Map(entries.map((entry) => [entry.outcome, entry]));
  const families = byFamily(entries.map((entry) => entry.outcome));
  return [...families]
    .map(([family, outcomes]) =>
      familyTable(
        family,
        outcomes.flatMap((each) => anchors.get(each) ?? []),
      ),
    )
    .join('\n');
}

function familyTable(family: string, entries: readonly CaseEntry[]): string {
  const tables = tablesOf(entries).map(({ scenarios, apart }) =>
    tableHtml(
      family,
      entries.filter(({ outcome }) => scenarios.has(outcome.scenario)),
      apart,
    ),
  );
  // Until it comes into sight a table takes the room that it is likely to need.
  const rows = new Set(entries.map(({ outcome }) => outcome.scenario)).size;
  const height = 40 + tables.length * 130 + rows * 25;
  return `<section class="family" style="contain-intrinsic-height:auto ${height}px"><h3>${escapeHtml(family)} <small>${summaryOf(entries)}</small></h3>${tables.join('\n')}</section>`;
}

/** Scenarios that share columns, and some whose cells bring their own labels. */
interface Table {
  readonly keys: Set<string>;
  readonly scenarios: Set<string>;
  readonly apart: Set<string>;
}

/** How many columns of its own a scenario may add to a table that it shares little with. */
const NEW_COLUMNS = 8;

/**
 * Scenarios stand in one table when they share most of their columns; one that does not would only make it wide. It
 * gets a row of labelled cells, or, when it is repeated for each kind of request, a table of its own.
 */
function tablesOf(entries: readonly CaseEntry[]): Table[] {
  const keys = new Map<string, Set<string>>();
  for (const { outcome } of entries) {
    keys.set(outcome.scenario, (keys.get(outcome.scenario) ?? new Set()).add(suffixOf(outcome)));
  }
  const shared = (own: ReadonlySet<string>): number =>
    [...own].filter((key) => [...keys.values()].filter((other) => other.has(key)).length > 1).length;
  const order = [...keys].toSorted(([, a], [, b]) => shared(b) - shared(a) || b.size - a.size);
  const tables: Table[] = [];
  for (const [scenario, own] of order) {
    const [first] = tables;
    const like = tables.find((table) => own.intersection(table.keys).size >= own.size / 2);
    const repeated = [...own].some((key) => key.includes('[request='));
    const few = own.difference(first?.keys ?? new Set()).size <= NEW_COLUMNS;
    const table = like ?? (repeated && !few ? undefined : first);
    if (!table) {
      tables.push({ keys: new Set(own), scenarios: new Set([scenario]), apart: new Set() });
      continue;
    }
    table.scenarios.add(scenario);
    if (like || repeated) for (const key of own) table.keys.add(key);
    else table.apart.add(scenario);
  }
  return tables;
}

function tableHtml(family: string, entries: readonly CaseEntry[], apart: ReadonlySet<string>): string {
  const columns = columnsOf(entries.flatMap(({ outcome }) => (apart.has(outcome.scenario) ? [] : [outcome])));
  const edges = edgesOf(columns);
  const edge = (column: Column): string => (edges.has(column.key) ? ' class="edge"' : '');
  // A row of labelled cells is wide. What it needs beyond the columns is a column of its own, or it would pull them apart.
  const rest = apart.size > 0 ? '<td class="rest"></td>' : '';
  const rows = [...Map.groupBy(entries, (entry) => entry.outcome.scenario)].map(([scenario, members]) => {
    const name = `<th scope="row" title="${escapeHtml(scenario)}">${escapeHtml(scenario.slice(family.length + 1) || scenario)}</th>`;
    if (apart.has(scenario)) {
      return `<tr>${name}<td class="apart" colspan="${columns.length + 1}">${members.map(chip).join('')}</td></tr>`;
    }
    const cells = columns.map((column) => {
      const here = members.filter((entry) => suffixOf(entry.outcome) === column.key);
      return `<td${edge(column)}>${here.map(cell).join('')}</td>`;
    });
    return `<tr>${name}${cells.join('')}${rest}</tr>`;
  });
  return `<div class="scroll"><table>${headHtml(columns, edge)}<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function headHtml(columns: readonly Column[], edge: (column: Column) => string): string {
  if (columns.length < 2) return '';
  const groups = [...Map.groupBy(columns, (column) => column.group)];
  const names = groups.map(
    ([group, members]) =>
      `<th class="edge group" scope="colgroup" colspan="${members.length}">${escapeHtml(group)}</th>`,
  );
  const top = groups.length > 1 ? `<tr><td></td>${names.join('')}</tr>` : '';
  const labels = columns.map(
    (column) =>
      `<th${edge(column)} scope="col" title="${escapeHtml(column.key || 'all axes at their defaults')}"><span>${escapeHtml(column.label)}</span></th>`,
  );
  return `<thead>${top}<tr class="labels"><td></td>${labels.join('')}</tr></thead>`;
}

/** The first column of each group, where there is more than one. */
function edgesOf(columns: readonly Column[]): ReadonlySet<string> {
  const groups = [...Map.groupBy(columns, (column) => column.group).values()];
  return new Set(groups.length > 1 ? groups.flatMap((members) => members[0]?.key ?? []) : []);
}

function cell({ outcome, anchor, unexpected }: CaseEntry): string {
  const known = outcome.expected !== 'pass' ? ' known' : '';
  // The page's script adds the tooltip, which says what the case's own line says.
  return `<a class="cell ${outcome.outcome}${unexpected ? ' unexpected' : ''}${known}" href="#${anchor}" aria-label="${escapeHtml(`${outcome.id}: ${outcome.outcome}`)}">${marks[outcome.outcome]}</a>`;
}

/** A cell that brings its own label, for axes that no other scenario has. */
function chip(entry: CaseEntry): string {
  const label = pairsOf(suffixOf(entry.outcome)).map(labelOf).join(' ');
  return `<span class="chip">${cell(entry)} ${escapeHtml(label)}</span>`;
}

/** The combinations that occur: defaults first, then those with fewer axes set, each group together. */
function columnsOf(outcomes: readonly CaseOutcome[]): Column[] {
  const suffixes = [...new Set(outcomes.map(suffixOf))];
  const parsed = suffixes.map((key, order) => ({ key, order, pairs: pairsOf(key) }));
  const requests = [
    '',
    ...new Set(parsed.flatMap(({ pairs }) => pairs.filter(([name]) => name === 'request').map(([, value]) => value))),
  ];
  const grouped = requests.length > 1;
  const usual =
    outcomes.map((each) => each.axes['request']).find((value) => value !== undefined && !requests.includes(value)) ??
    'default';
  return parsed
    .map(({ key, order, pairs }) => {
      const request = grouped ? (pairs.find(([name]) => name === 'request')?.[1] ?? '') : '';
      const rest = grouped ? pairs.filter(([name]) => name !== 'request') : pairs;
      return { key, order, rank: requests.indexOf(request), group: request || usual, rest };
    })
    .sort((a, b) => a.rank - b.rank || a.rest.length - b.rest.length || a.order - b.order)
    .map(({ key, group, rest }) => ({
      key,
      group,
      label: rest.map((pair) => cut(labelOf(pair), 30)).join(' ') || 'default',
    }));
}

const suffixOf = (outcome: CaseOutcome): string =>
  outcome.id.startsWith(outcome.scenario) ? outcome.id.slice(outcome.scenario.length) : '';

function pairsOf(suffix: string): [name: string, value: string][] {
  return [...suffix.matchAll(/\[([^=\]]+)=((?:[^\]]|\](?!\[|$))*)\]/g)].map((match) => [
    match[1] ?? '',
    match[2] ?? '',
  ]);
}

/** A value that says nothing without its axis keeps the axis's name. */
function labelOf([name, value]: [string, string]): string {
  return /^(yes|no|on|off|true|false|none|\d.*|.{0,2})$/.test(value) ? `${name}=${value}` : value;
}

function summaryOf(entries: readonly CaseEntry[]): string {
  const counts = Map.groupBy(entries, (entry) => entry.outcome.outcome);
  return [...counts].map(([outcome, members]) => `${members.length} ${outcome}`).join(' · ');
}
