import { cardLinksHtml, cardsHtml } from './cards.ts';

const STATUSES: readonly (readonly [value: string, label: string])[] = [
  ['', 'Every status'],
  ['wrong', 'Errors (but 407)'],
  ['407', '407'],
  ['429', '429'],
  ['2xx', '2xx'],
  ['3xx', '3xx'],
  ['4xx', '4xx'],
  ['5xx', '5xx'],
];

const select = (id: string, label: string, options: string): string =>
  `<select id="${id}" aria-label="${label}">${options}</select>`;

/** What is in the page before its script has run. */
export const shellHtml: string = `<a class="skip-link" href="#picture">Skip to the picture</a>
<a class="skip-link" href="#controls">Skip to the controls</a>
<header>
<h1>Proxyproof lab <small id="version"></small></h1>
<span id="link" class="link connecting">connecting</span>
<p class="facts"><span id="since"></span><span id="kept"></span><span id="dropped"></span><span id="viewers"></span></p>
</header>
<nav aria-label="On this page"><a href="#record">Record</a>${cardLinksHtml}</nav>
<div id="banner" class="banner" role="alert" hidden><span id="banner-text"></span> <button type="button" id="again">Try now</button></div>
<noscript><p class="banner">This page shows a lab as it works, and needs JavaScript for that.</p></noscript>
<p id="announce" class="unseen" role="status" aria-live="polite"></p>
<section id="findings" aria-labelledby="findings-title" hidden>
<details open><summary><h2 id="findings-title">Findings <span class="count hot" id="finding-count"></span></h2></summary><ul id="finding-list"></ul></details>
</section>
<main>
<section id="record" aria-labelledby="record-title">
<div class="tools" role="search" aria-label="Filter the record">
<h2 id="record-title">Record</h2>
<input type="search" id="by-words" placeholder="Find in requests, answers, logs" aria-label="Find in requests, answers and logs" spellcheck="false" autocomplete="off">
${select('by-client', 'Client', '<option value="">Every client</option>')}
${select('by-host', 'Host', '<option value="">Every host</option>')}
${select('by-status', 'Status', STATUSES.map(([value, label]) => `<option value="${value}">${label}</option>`).join(''))}
<button type="button" id="clear" hidden>Show everything</button>
<span id="shown"></span>
<button type="button" id="follow" aria-pressed="true">Follow</button>
</div>
<div class="beside">
<div class="picture" id="picture" tabindex="0" role="region" aria-label="What happened, as a sequence picture. Arrow keys go from row to row, Enter opens one.">
<p class="edge"><button type="button" id="older" hidden></button></p>
<p id="nothing"></p>
<p id="quiet" hidden>Nothing has happened yet. Point a client at the proxy: <a href="#paste">what to paste</a>.</p>
<div class="names"></div><div class="drawn"></div>
<p class="edge"><button type="button" id="newer" hidden></button></p>
</div>
<div class="panel" id="panel" role="region" tabindex="-1" aria-label="The chosen event" hidden><div class="bar"><h3 id="panel-title">Event</h3><button type="button" class="copy">Copy</button><button type="button" class="close" aria-label="Close">×</button></div><div class="inside"></div></div>
</div>
</section>
<section id="controls" aria-label="Controls" tabindex="-1">
${cardsHtml}
</section>
</main>
<div id="drop" hidden><p>Drop the .gitlab-ci.yml: its jobs are queued.</p></div>`;
