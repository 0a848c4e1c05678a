import type { Results } from '../../conformance/outcome.ts';
import type { LedgerEvent } from '../../ledger/index.ts';
import { escapeHtml } from '../picture/index.ts';
import { byFamily, type RunVerdict, subjectName, unexpected } from '../verdict.ts';
import { caseHtml } from './case.ts';
import { embed } from './embed.ts';
import { headHtml } from './head.ts';
import { type CaseEntry, matrixHtml } from './matrix.ts';
import { pageScript } from './page-script.ts';
import { shellHtml } from './shell.ts';
import { style } from './style.ts';
import { toolsHtml } from './tools.ts';

/** How large the page may be before timelines are left out, those of cases that are as expected first, in bytes. */
const LIMIT_BYTES = 5_000_000;
/** How many unexpected cases are open from the start: the first one of each scenario. */
const OPEN_AT_FIRST = 3;

/**
 * Renders report.html: one file that needs no network. The verdict, the matrix and what is not as expected are plain HTML;
 * the timelines are packed, and drawn by the page's script when a case is opened.
 * @param events the whole ledger of the run
 * @param limitBytes how large the page should be at most; what is plain HTML is never left out
 * @param verdict how a reader is greeted where nothing was judged
 */
export function reportHtml(
  results: Results,
  events: readonly LedgerEvent[],
  limitBytes = LIMIT_BYTES,
  verdict?: RunVerdict,
): string {
  const wrong = new Set(unexpected(results));
  const entries = results.outcomes.map(
    (outcome, index): CaseEntry => ({ outcome, anchor: `case-${index + 1}`, unexpected: wrong.has(outcome) }),
  );
  const firsts = Map.groupBy(
    entries.filter((entry) => entry.unexpected),
    (entry) => entry.outcome.scenario,
  );
  const isOpen = new Set([...firsts.values()].flatMap((members) => members.slice(0, 1)).slice(0, OPEN_AT_FIRST));
  const order = entries.toSorted((a, b) => rank(a) - rank(b));
  const places = new Map(order.map((entry, index) => [entry, index]));
  const main = `<main>
<h2 id="matrix" tabindex="-1">Matrix</h2>
${toolsHtml(results)}
${matrixHtml(entries)}
${sectionsHtml(entries, (entry) => caseHtml(entry, results, { place: places.get(entry) ?? 0, isOpen: isOpen.has(entry) }))}
</main>`;
  const room = limitBytes - Buffer.byteLength(main) - pageScript.length - style.length;
  const { first, rest, leftOut } = embed(
    order,
    results,
    Map.groupBy(events, (event) => event.case),
    room,
  );

  return shellHtml({
    title: `Proxyproof: ${subjectName(results)}, profile ${results.profile}`,
    skip: wrong.size > 0 ? ['wrong', 'Skip to what is not as expected'] : ['cases', 'Skip to the cases'],
    body: `${headHtml(results, wrong.size, leftOut, verdict)}\n${main}`,
    first,
    rest,
  });
}

/** Whose timeline is wanted most: what is not as expected, then what failed as expected, then the rest. */
const rank = ({ unexpected: isWrong, outcome }: CaseEntry): number =>
  isWrong ? 0 : ['pass', 'info', 'skip'].includes(outcome.outcome) ? 2 : 1;

function sectionsHtml(entries: readonly CaseEntry[], render: (entry: CaseEntry) => string): string {
  const section = (title: string, members: readonly CaseEntry[], id = ''): string =>
    members.length === 0
      ? ''
      : `<section class="cases"><h2${id === '' ? '' : ` id="${id}" tabindex="-1"`}>${escapeHtml(title)} <small>${members.length}</small></h2>\n${members.map(render).join('\n')}</section>`;
  const [wrong = [], rest = []] = [true, false].map((is) => entries.filter((entry) => entry.unexpected === is));
  const families = byFamily(rest.map((entry) => ({ entry, scenario: entry.outcome.scenario })));
  return [
    section('Not as expected', wrong, 'wrong'),
    ...[...families].map(([family, members], index) =>
      section(
        family,
        members.map(({ entry }) => entry),
        index === 0 ? 'cases' : '',
      ),
    ),
  ].join('\n');
}
