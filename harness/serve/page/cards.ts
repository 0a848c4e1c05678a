/** The cards beside the picture: their shells, which the page's script fills. */
interface Card {
  readonly id: string;
  readonly title: string;
  readonly open: boolean;
  readonly inside: string;
}

const said = '<p class="said" role="status"></p>';

const jobs = `<form id="job-form" class="fields">
<p class="field"><label for="job-script">Script</label><textarea id="job-script" rows="3" spellcheck="false" required>echo "Hello from the lab"</textarea></p>
<p class="field"><label for="job-image">Image <small>optional</small></label><input id="job-image" autocomplete="off" spellcheck="false" placeholder="the runner's own"></p>
<p class="field"><label for="job-repository">Repository <small>optional</small></label><input id="job-repository" autocomplete="off" spellcheck="false" placeholder="group/project"></p>
<p class="field"><label for="job-variables">Variables <small>optional</small></label><textarea id="job-variables" rows="2" spellcheck="false" placeholder="NAME=value, one a line"></textarea></p>
<div class="buttons"><button type="submit" class="main">Queue the job</button><button type="button" id="ci-pick">Open a .gitlab-ci.yml…</button><input type="file" id="ci-file" accept=".yml,.yaml,text/yaml" aria-label="A .gitlab-ci.yml" tabindex="-1" hidden></div>
<p class="hint">You can drop a .gitlab-ci.yml anywhere on this page.</p></form>${said}
<div id="left-out-part" hidden><h3>What the lab leaves out of that file</h3><ul id="left-out"></ul></div>
<ul id="job-list" class="items"></ul>`;

const faults = `<ul id="faults-on" class="items"></ul>
<form id="fault-form" class="fields" novalidate>
<p class="field"><label for="fault-kind">Fault</label><select id="fault-kind"></select></p>
<p class="field" id="fault-at"><label for="fault-proxy">At</label><select id="fault-proxy"></select></p>
<div id="fault-fields"></div>
<div class="buttons"><button type="submit" class="main">Switch on</button></div></form>${said}`;

const plan = `<form id="preset-form" class="fields"><p class="field"><label for="preset">Plan</label><select id="preset"></select></p><p class="hint" id="preset-says"></p>
<div class="buttons"><button class="main">Follow this plan</button><button type="button" id="honest">Answer honestly</button></div></form>${said}
<details class="more"><summary>A plan of your own</summary><form id="own-plan-form" class="fields"><p class="field wide"><label for="own-plan">Steps, as JSON</label><textarea id="own-plan" rows="6" spellcheck="false" required>[
  { "on": "job", "times": 3, "give": { "status": 429, "retryAfter": 5 } }
]</textarea></p><div class="buttons"><button>Follow these steps</button></div></form></details>`;

const keep = `<p class="hint">Secrets are not in them.</p><div class="buttons">
<button type="button" data-export="report.html">Report as a page</button><button type="button" data-export="har.json">HAR</button>
<button type="button" data-export="ledger.ndjson">Ledger</button><button type="button" data-export="case.yaml">As a case to run again</button></div>${said}`;

const CARDS: readonly Card[] = [
  { id: 'jobs', title: 'Jobs', open: true, inside: jobs },
  { id: 'faults', title: 'Faults of the proxy', open: true, inside: faults },
  { id: 'plan', title: 'What GitLab answers', open: false, inside: plan },
  { id: 'peers', title: 'Peers', open: true, inside: `<ul id="peer-list" class="items"></ul>${said}` },
  {
    id: 'connections',
    title: 'Open connections',
    open: false,
    inside: '<ul id="connection-list" class="items"></ul>',
  },
  { id: 'paste', title: 'What to paste', open: false, inside: '<ul id="paste-list" class="items"></ul>' },
  { id: 'keep', title: 'Keep what was seen', open: false, inside: keep },
];

export const cardsHtml: string = CARDS.map(
  ({ id, title, open, inside }) =>
    `<details class="card" id="${id}"${open ? ' open' : ''}><summary><h2>${title}</h2><span class="brief"></span></summary><div class="inside">${inside}</div></details>`,
).join('\n');

/** Links to the cards, for a narrow screen, where they stand below the picture. */
export const cardLinksHtml: string = CARDS.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join('');
