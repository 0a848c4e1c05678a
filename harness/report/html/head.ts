import type { Results } from '../../conformance/outcome.ts';
import { generationsIn } from '../generations.ts';
import { isolationSentences } from '../isolation.ts';
import { narrowSentences } from '../narrow.ts';
import { escapeHtml, seconds } from '../picture/index.ts';
import { plural, type RunVerdict, subjectName, verdictOf } from '../verdict.ts';
import type { CaseEntry } from './matrix.ts';

/**
 * The verdict, the ways to what a reader wants to see next, and what was run where.
 * @param wrong how many cases are not as expected
 * @param verdict where it is not the run's own
 */
export function headHtml(
  results: Results,
  wrong: number,
  leftOut: readonly CaseEntry[],
  verdict: RunVerdict = verdictOf(results),
): string {
  const { tone, sentence } = verdict;
  return `<header class="${tone}"><p class="suite">Proxyproof ${escapeHtml(results.suite.version)}</p><h1>${escapeHtml(sentence)}</h1>
${waysHtml(results, wrong)}
<dl>${facts(results)
    .map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('')}</dl>${unstableHtml(results)}${narrowHtml(results)}${notRunHtml(results)}${leftOutHtml(leftOut)}
<noscript><p class="cite">This viewer runs no scripts: you see the verdict, the matrix and what is not as expected, but no timelines and no filter. Open the file in a browser for those, or read ledger.ndjson beside it.</p></noscript></header>`;
}

function waysHtml(results: Results, wrong: number): string {
  const asExpected = results.outcomes.length - wrong;
  const ways = [
    ...(wrong > 0 ? [`<a href="#wrong">${plural(wrong, 'case', 'cases')} not as expected</a>`] : []),
    '<a href="#matrix">Matrix of all cases</a>',
    ...(asExpected > 0 ? [`<a href="#cases">${plural(asExpected, 'case', 'cases')} as expected</a>`] : []),
  ];
  return `<nav class="ways" aria-label="On this page">${ways.join('')}</nav>`;
}

function facts(results: Results): [name: string, value: string][] {
  const { environment } = results;
  const tools = Object.entries(environment.tools).map(([name, version]) => `${name} ${version}`);
  const generations = generationsIn(results);
  const images = Object.entries(environment.images ?? {}).map(
    ([image, programs]) =>
      `${image}: ${Object.entries(programs)
        .map((each) => each.join(' '))
        .join(', ')}`,
  );
  const proxies = [...new Set(results.outcomes.flatMap((each) => each.proxy ?? []))];
  return [
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
    ...(generations.length > 0 ? [['Generations', generations.join(', ')] satisfies [string, string]] : []),
    ...(images.length > 0 ? [['Images', images.join('; ')] satisfies [string, string]] : []),
    ['Command', environment.command],
  ];
}

/** Cases whose repetitions differ, each with the way to one repetition of every kind. */
function unstableHtml({ unstable = [], outcomes }: Results): string {
  if (unstable.length === 0) return '';
  const anchors = new Map(outcomes.map(({ id }, index) => [id, `#case-${index + 1}`]));
  const items = unstable.map(({ id, came }) => {
    const ways = came.map(
      (each) =>
        `<a href="${anchors.get(each.case) ?? '#cases'}">${each.times} × ${escapeHtml(each.outcome)}</a>: ${escapeHtml(each.says)}`,
    );
    return `<li><code>${escapeHtml(id)}</code> ${ways.join('; ')}</li>`;
  });
  return `<details class="not-run" open><summary>${plural(unstable.length, 'unstable case', 'unstable cases')}: came out otherwise when repeated</summary><ul>${items.join('')}</ul></details>`;
}

function narrowHtml(results: Results): string {
  const sentences = narrowSentences(results);
  if (sentences.length === 0) return '';
  return `<details class="not-run" open><summary>${plural(sentences.length, 'entry', 'entries')} of the expectations file to narrow</summary><ul>${sentences.map((each) => `<li>${escapeHtml(each)}</li>`).join('')}</ul></details>`;
}

function notRunHtml({ notRun }: Results): string {
  if (!notRun || notRun.cases.length === 0) return '';
  const items = notRun.cases.map((id) => `<li><code>${escapeHtml(id)}</code></li>`);
  return `<details class="not-run"><summary>${plural(notRun.cases.length, 'case', 'cases')} did not run</summary><ul>${items.join('')}</ul></details>`;
}

function leftOutHtml(leftOut: readonly CaseEntry[]): string {
  if (leftOut.length === 0) return '';
  const wrong = leftOut.filter((entry) => entry.unexpected).length;
  const whose =
    wrong === 0 ? 'of cases that are as expected were' : `were, ${wrong} of them of cases that are not as expected,`;
  return `<p class="cite">To keep this file small, ${plural(leftOut.length, 'timeline', 'timelines')} ${whose} left out; their events are in ledger.ndjson.</p>`;
}
