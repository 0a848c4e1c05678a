import type { CaseOutcome } from '../../../conformance/outcome.ts';
import { pageScript } from '../../html/page-script.ts';
import { shellHtml } from '../../html/shell.ts';
import { style } from '../../html/style.ts';
import { levels, marks } from '../../marks.ts';
import { escapeHtml } from '../../picture/index.ts';
import { plural } from '../../verdict.ts';
import type { Side } from '../comparison.ts';
import { cautions, countsSentence, titleOf, verdictSentence } from '../head.ts';
import { isWorse, type ToldGroup, type VersionComparison } from '../pages.ts';
import { type Section, sectionsOf } from '../sections.ts';
import { askedIn, toldOf } from '../told.ts';
import { type Ledgers, type PairOfRuns, type Pairs, pairsOf } from './pairs.ts';
import { compareStyle } from './style.ts';

/** How large the page may be before pictures are left out, in bytes. */
const LIMIT_BYTES = 5_000_000;
/** How many cases of a group stand there at once; the others are behind a line that opens. */
const SHOWN_AT_ONCE = 1;

/** What the page says besides the comparison. */
export interface ComparisonPageOptions {
  /** Proxyproof's. */
  readonly version: string;
  /** How the reader's set-up is called, where they named one. */
  readonly mine?: string;
}

/** A comparison on one page that needs no network: each change with its cases, and each of them with both of its pictures. */
export function comparisonPage(
  comparison: VersionComparison,
  ledgers: Ledgers,
  options: ComparisonPageOptions,
): string {
  const sections = sectionsOf(comparison);
  const groups = sections.map(({ groups: own }) => own.map((group) => ({ group, pairs: pairsIn(group, comparison) })));
  const all = groups.flat();
  // The first case of each change is wanted most.
  const order = [...all.flatMap(({ pairs }) => pairs.slice(0, 1)), ...all.flatMap(({ pairs }) => pairs.slice(1))];
  const pairs = pairsOf(order, ledgers, LIMIT_BYTES - pageScript.length - style.length);
  const main = sections.map((section, index) => sectionHtml(section, groups[index] ?? [], pairs));
  return shellHtml({
    title: `Proxyproof: ${titleOf(comparison)}`,
    skip: ['changes', 'Skip to the changes'],
    body: `${headHtml(comparison, sections, options, pairs.leftOut)}
<main id="changes" tabindex="-1">
${main.join('\n')}
${onlyHtml(comparison.main.before, comparison.main.onlyBefore)}${onlyHtml(comparison.main.after, comparison.main.onlyAfter)}
${leftOutHtml(comparison, options.mine)}
</main>`,
    first: pairs.first,
    rest: pairs.rest,
    moreStyle: compareStyle,
  });
}

const pairsIn = (group: ToldGroup, { main, beside }: VersionComparison): readonly PairOfRuns[] =>
  group.changes.map((change) => ({ change, comparison: group.onlyUnder === undefined ? main : (beside ?? main) }));

function headHtml(
  comparison: VersionComparison,
  sections: readonly Section[],
  { version }: ComparisonPageOptions,
  leftOut: number,
): string {
  const { main } = comparison;
  const told = cautions(comparison);
  const links = sections.map(({ id, title }) => `<a href="#${id}">${escapeHtml(title)}</a>`);
  const facts = [main.before, main.after].map(
    (side, index) => `<dt>${index === 0 ? 'Before' : 'After'}</dt><dd>${escapeHtml(sideWords(side))}</dd>`,
  );
  return `<header class="${isWorse(comparison) ? 'bad' : 'good'}"><p class="suite">Proxyproof ${escapeHtml(version)} · ${escapeHtml(titleOf(comparison))}</p><h1>${escapeHtml(verdictSentence(comparison))}</h1>
<nav class="ways" aria-label="On this page">${links.join('')}</nav>
<dl>${facts.join('')}<dt>Compared</dt><dd>${escapeHtml(countsSentence(main))}</dd></dl>
${told.length === 0 ? '' : `<div class="cautions">${told.map((each) => `<p>${escapeHtml(each)}</p>`).join('')}</div>`}
${leftOut === 0 ? '' : `<p class="cite">There was no room for the pictures of ${plural(leftOut, 'case', 'cases')}: the reports of the two runs have them.</p>`}
<noscript><p class="cite">This viewer runs no scripts: you see what changed, but no pictures. Open the file in a browser for those.</p></noscript></header>`;
}

const sideWords = ({ name, results: { subject, profile, environment, helper } }: Side): string =>
  [
    `${name} (${subject.path})`,
    ...(helper === undefined ? [] : [`helper ${helper}`]),
    `profile ${profile}`,
    environment.startedAt,
    environment.command,
  ].join(' · ');

function sectionHtml(
  { id, title }: Section,
  groups: readonly { readonly group: ToldGroup; readonly pairs: readonly PairOfRuns[] }[],
  pairs: Pairs,
): string {
  return `<section><h2 id="${id}" tabindex="-1">${escapeHtml(title)}</h2>
${groups.map((each) => groupHtml(each.group, each.pairs, pairs, id)).join('\n')}</section>`;
}

function groupHtml(group: ToldGroup, own: readonly PairOfRuns[], pairs: Pairs, look: string): string {
  const { before, after } = group.changes[0];
  const { was, is } = toldOf(group);
  const asked = askedIn(group);
  const step = before.outcome === after.outcome ? after.outcome : `${before.outcome} → ${after.outcome}`;
  const rest = own.slice(SHOWN_AT_ONCE);
  return `<div class="change ${look}"><h3><span class="cell ${after.outcome}" aria-hidden="true">${marks[after.outcome]}</span> <code class="id">${escapeHtml(group.scenario)}</code> <span class="word ${after.outcome}">${step}</span> <small>${levels[after.level]} · ${group.changes.length} of ${plural(group.of, 'case', 'cases')}</small></h3>
<dl><dt>Requirement</dt><dd>${escapeHtml(before.requirement)} <span class="cite">${escapeHtml(before.citation)}</span></dd>
${group.page ? `<dt>Profile ${group.page.profile}</dt><dd>${escapeHtml(group.page.requirement)}</dd>` : ''}${group.onlyUnder === undefined ? '' : `<dt>Profile</dt><dd>under ${group.onlyUnder} alone</dd>`}
${asked === undefined ? '' : `<dt>Measured</dt><dd>${escapeHtml(asked)}</dd>`}
<dt>Before</dt><dd>${escapeHtml(was)}</dd><dt>After</dt><dd>${escapeHtml(is)}</dd>
<dt>Cases</dt><dd>${group.patterns.map((each) => `<code>${escapeHtml(each)}</code>`).join(', ')}</dd></dl>
${own.slice(0, SHOWN_AT_ONCE).map(pairs.htmlOf).join('\n')}
${rest.length === 0 ? '' : `<details class="more-cases"><summary>${plural(rest.length, 'more case', 'more cases')}</summary>${rest.map(pairs.htmlOf).join('\n')}</details>`}</div>`;
}

const onlyHtml = ({ name }: Side, cases: readonly CaseOutcome[]): string =>
  cases.length === 0
    ? ''
    : `<details class="only"><summary>Only the run of ${escapeHtml(name)} has ${plural(cases.length, 'case', 'cases')}</summary><p>${cases.map(({ id }) => `<code>${escapeHtml(id)}</code>`).join(', ')}</p></details>`;

function leftOutHtml({ main: { leftOut, varying } }: VersionComparison, mine: string | undefined): string {
  const items = [
    ...leftOut.map(({ because, cases }) => `${plural(cases, 'case', 'cases')}, since ${because}`),
    ...varying.map(({ after, answers }) => `${after.id}, another one in every run: ${answers[0]?.varies ?? ''}`),
  ];
  if (items.length === 0) return '';
  const title = `Left out${mine === undefined ? '' : ` for ${mine}`}`;
  return `<h2>${escapeHtml(title)}</h2><ul class="only">${items.map((each) => `<li>${escapeHtml(each)}</li>`).join('')}</ul>`;
}
