import { createHash } from 'node:crypto';
import type { Results } from '../../conformance/outcome.ts';
import { outcomeNames } from '../../conformance/outcome.ts';
import type { LedgerEvent } from '../../ledger/index.ts';
import { isolationSentences } from '../isolation.ts';
import { marks, meanings } from '../marks.ts';
import { escapeHtml, seconds } from '../picture/index.ts';
import { byFamily, plural, subjectName, unexpected, verdictOf } from '../verdict.ts';
import { caseHtml } from './case.ts';
import { caseData, inlineJson } from './data.ts';
import { type CaseEntry, matrixHtml } from './matrix.ts';
import { pageScript } from './page-script.ts';
import { style } from './style.ts';

/** How large the events in the page may be before those of cases that are as expected are left out, in bytes. */
const LIMIT_BYTES = 12_000_000;
/** How many unexpected cases are open from the start: the first one of each scenario. */
const OPEN_AT_FIRST = 10;

/**
 * Renders report.html: one file that needs no network.
 * @param events the whole ledger of the run
 * @param limitBytes bounds the events that are carried along
 */
export function reportHtml(results: Results, events: readonly LedgerEvent[], limitBytes = LIMIT_BYTES): string {
  const wrong = new Set(unexpected(results));
  const entries = results.outcomes.map(
    (outcome, index): CaseEntry => ({ outcome, anchor: `case-${index + 1}`, unexpected: wrong.has(outcome) }),
  );
  const embedded = embed(
    entries,
    Map.groupBy(events, (event) => event.case),
    limitBytes,
  );
  const firsts = Map.groupBy(
    entries.filter((entry) => entry.unexpected),
    (entry) => entry.outcome.scenario,
  );
  const isOpen = new Set([...firsts.values()].flatMap((members) => members.slice(0, 1)).slice(0, OPEN_AT_FIRST));
  const render = (entry: CaseEntry): string =>
    caseHtml(entry, results, { events: embedded.states.get(entry) ?? 'none', isOpen: isOpen.has(entry) });

  const hash = createHash('sha256').update(pageScript).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(`Proxyproof: ${subjectName(results)}, profile ${results.profile}`)}</title>
<style>${style}</style>
</head>
<body>
${headHtml(results, embedded.states)}
<main>
<h2>Matrix</h2>
${toolsHtml(results)}
${matrixHtml(entries)}
${sectionsHtml(entries, render)}
</main>
${embedded.scripts.join('\n')}
<script>${pageScript}</script>
</body>
</html>
`;
}

type State = 'here' | 'left-out' | 'none';

function embed(
  entries: readonly CaseEntry[],
  events: ReadonlyMap<string, readonly LedgerEvent[]>,
  limitBytes: number,
): { scripts: string[]; states: Map<CaseEntry, State> } {
  const texts = new Map<CaseEntry, string>();
  let bytes = 0;
  for (const entry of entries) {
    const own = events.get(entry.outcome.id);
    if (!own) continue;
    const text = inlineJson(caseData(entry.outcome, own));
    texts.set(entry, text);
    bytes += Buffer.byteLength(text);
  }
  const small = bytes <= limitBytes;
  const states = new Map<CaseEntry, State>();
  const scripts: string[] = [];
  for (const [entry, text] of texts) {
    const kept = small || entry.unexpected || !['pass', 'info', 'skip'].includes(entry.outcome.outcome);
    states.set(entry, kept ? 'here' : 'left-out');
    if (kept) scripts.push(`<script type="application/json" id="events-${entry.anchor}">${text}</script>`);
  }
  return { scripts, states };
}

function headHtml(results: Results, states: ReadonlyMap<CaseEntry, State>): string {
  const { tone, sentence } = verdictOf(results);
  const { environment } = results;
  const tools = Object.entries(environment.tools).map(([name, version]) => `${name} ${version}`);
  const proxies = [...new Set(results.outcomes.flatMap((each) => each.proxy ?? []))];
  const leftOut = [...states.values()].filter((state) => state === 'left-out').length;
  const facts: [string, string][] = [
    ['Subject', `${subjectName(results)} (${results.subject.path})`],
    ...(results.helper === undefined ? [] : [['Helper', results.helper] satisfies [string, string]]),
    ['Profile', `${results.profile}, the documentation it is held to`],
    ['Proxies', proxies.join(', ') || 'none'],
    [
      'Isolation',
      isolationSentences(results.outcomes).join(' ') ||
        'no case said what kept the subject from going around the proxy',
    ],
    [
      'Run',
      `${environment.startedAt}, ${seconds(environment.durationMs)}${environment.shard ? `, shard ${environment.shard}` : ''}`,
    ],
    [
      'Machine',
      `${environment.os}, ${plural(environment.cpus, 'CPU', 'CPUs')}, Node ${environment.node}${tools.length > 0 ? `, ${tools.join(', ')}` : ''}`,
    ],
    ['Command', environment.command],
  ];
  const note =
    leftOut > 0
      ? `<p class="cite">To keep this file small, ${plural(leftOut, 'timeline', 'timelines')} of cases that are as expected were left out; their events are in ledger.ndjson.</p>`
      : '';
  return `<header class="${tone}"><p class="suite">Proxyproof ${escapeHtml(results.suite.version)}</p><h1>${escapeHtml(sentence)}</h1>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>${note}</header>`;
}

/** The legend, which is the filter too. */
function toolsHtml(results: Results): string {
  const { totals } = results;
  const button = (name: string, count: number, mark: string, title: string): string =>
    `<button type="button" data-filter="${name}" aria-pressed="false" title="${escapeHtml(title)}">${mark}${count} ${name === 'unexpected' ? 'not as expected' : name}</button>`;
  const buttons = outcomeNames
    .filter((name) => totals[name] > 0)
    .map((name) => button(name, totals[name], `<span class="cell ${name}">${marks[name]}</span> `, meanings[name]));
  return `<div class="tools">${button('unexpected', totals.unexpected, '', 'outcomes that the requirement or the expectations file does not allow')}${buttons.join('')}<input id="search" type="search" placeholder="Search id, requirement, reason" aria-label="Search cases"><span id="shown" role="status"></span></div>
<p class="cite">${totals.cases} cases. A ring marks what is not as expected, a dashed border a known deviation. Choose a cell to open its case.</p>`;
}

function sectionsHtml(entries: readonly CaseEntry[], render: (entry: CaseEntry) => string): string {
  const section = (title: string, members: readonly CaseEntry[]): string =>
    members.length === 0
      ? ''
      : `<section class="cases"><h2>${escapeHtml(title)} <small>${members.length}</small></h2>\n${members.map(render).join('\n')}</section>`;
  const rest = entries.filter((entry) => !entry.unexpected);
  const families = byFamily(rest.map((entry) => ({ ...entry, scenario: entry.outcome.scenario })));
  return [
    section(
      'Not as expected',
      entries.filter((entry) => entry.unexpected),
    ),
    ...[...families].map(([family, members]) =>
      section(
        family,
        rest.filter((entry) => members.some((each) => each.anchor === entry.anchor)),
      ),
    ),
  ].join('\n');
}
