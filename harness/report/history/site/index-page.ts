import { outcomeNames } from '../../../conformance/outcome.ts';
import { marks, meanings } from '../../marks.ts';
import { escapeHtml } from '../../picture/markup.ts';
import { plural } from '../../verdict.ts';
import type { HistoryModel } from '../model/build-model.ts';
import { queryFields, queryFlags } from '../query/fields.ts';
import { PAGE_DATA } from './page-data.ts';
import { pageScript } from './page-script.ts';
import type { SiteLinks } from './site-links.ts';
import type { SitePage } from './site-page.ts';

/** The first page: the search and the matrix, which its script draws. */
export function indexPage({ data, runs }: HistoryModel, links: SiteLinks): SitePage {
  const subjects = new Set(links.subjects).size;
  const [first, last] = [runs[0]?.startedAt.slice(0, 10), runs.at(-1)?.startedAt.slice(0, 10)];
  const json = JSON.stringify({ data, links }).replaceAll('<', '\\u003c');
  return {
    file: 'index.html',
    title: 'What holds, by requirement and subject',
    lead: `<p class="cite">${plural(runs.length, 'run', 'runs')} of ${plural(subjects, 'subject', 'subjects')}, ${first === last ? first : `${first} to ${last}`}. Each cell is the newest run that has its cases.</p>`,
    body: `${searchHtml()}
<p id="wrong-query" class="wrong-query" role="alert" hidden></p>
<p id="found" role="status" hidden></p>
<noscript><p>This viewer runs no scripts, so there is no matrix and no search here. Every outcome is on the pages of <a href="requirements.html">requirements</a> and of <a href="subjects.html">subjects</a>.</p></noscript>
<div id="matrix-table"></div>
<section id="results" aria-label="Results" hidden></section>
${legendHtml()}`,
    data: `<script type="application/json" id="${PAGE_DATA}">${json}</script>`,
    script: pageScript,
  };
}

/** Searches that somebody who comes from an older version starts with. */
const EXAMPLES = [
  'outcome:fail bug:none',
  'outcome:fail runner:gitlab-runner version:>=18 changed',
  'worse or (level:R unexpected)',
  'scenario:rate-limit/* profile:18.3 -outcome:pass',
];

function searchHtml(): string {
  const link = (query: string): string =>
    `<a href="#${escapeHtml(new URLSearchParams({ q: query }).toString())}"><code>${escapeHtml(query)}</code></a>`;
  const fields = queryFields.map(
    ({ name, example, takes }) =>
      `<tr><th scope="row"><code>${name}:${escapeHtml(example)}</code></th><td>${escapeHtml(takes)}</td></tr>`,
  );
  const flags = Object.entries(queryFlags).map(
    ([name, { says }]) => `<tr><th scope="row"><code>${name}</code></th><td>${escapeHtml(says)}</td></tr>`,
  );
  return `<form class="search" id="search-form" role="search"><label for="query">Search</label><input id="query" type="search" autocomplete="off" spellcheck="false" placeholder="outcome:fail runner:gitlab-runner version:&gt;=18 changed" aria-describedby="wrong-query"></form>
<details class="help"><summary>How to search</summary>
<p>Terms side by side must all hold; <code>or</code>, <code>not</code> (or <code>-</code>) and parentheses are as usual; several values have commas: <code>outcome:fail,warn</code>. Any other word is looked for in ids and requirements. Such as ${EXAMPLES.map(link).join(', ')}.</p>
<table><tbody>${fields.join('')}${flags.join('')}</tbody></table></details>`;
}

function legendHtml(): string {
  const items = outcomeNames.map(
    (name) =>
      `<span class="chip"><span class="cell ${name}" aria-hidden="true">${marks[name]}</span> ${name}: ${escapeHtml(meanings[name])}</span>`,
  );
  return `<p class="cite">${items.join('')}</p>
<p class="cite">A cell shows the worst of its cases. A ring marks what is not as expected, a dashed border a known deviation, a corner what changed since the run or the version before. Choose a cell for its cases; arrow keys go from cell to cell.</p>`;
}
