import { isGrave } from '../../../diagnosis/index.ts';
import type { Candidate, Reproduction } from '../../../reproduce/index.ts';
import type { Mask } from '../../diagnosis/mask.ts';
import { shellHtml } from '../../html/shell.ts';
import { escapeHtml } from '../../picture/index.ts';
import { runnerBug } from '../bug/runner-bug.ts';
import { failureWords } from '../failure-words.ts';
import { headlineOf } from '../headline.ts';
import { maskOfCase } from '../mask-of-case.ts';
import { type RemedyText, remedyText } from '../remedy/index.ts';
import { subjectWords } from '../subject-words.ts';
import { COLLECT, othersTried, placeOf, triedWords } from '../tried-words.ts';
import { diffHtml } from './diff.ts';
import { reproductionStyle } from './style.ts';
import { trialsHtml } from './trials.ts';

/** What a page says besides what came of the case. */
export interface ReproductionPageOptions {
  /** Proxyproof's. */
  readonly version: string;
  /** The files beside the page, and what each is. */
  readonly files: readonly (readonly [name: string, says: string])[];
}

/**
 * A case on one page that needs no network: the symptom, the cause, the change to hand on, and what happened before and after it. No
 * secret of the customer's files is on it.
 */
export function reproductionPage(result: Reproduction, options: ReproductionPageOptions): string {
  const mask = maskOfCase(result);
  const { html, packed } = trialsHtml(result, mask);
  const main = `<main>
${causeHtml(result, mask)}
<h2 id="happened" tabindex="-1">What happened</h2>
${html}
${othersHtml(result, mask)}
${listHtml(
  'What was assumed',
  result.plan.assumptions.map(({ says }) => escapeHtml(mask(says))),
)}
${asksHtml(result, mask)}
${listHtml(
  'Files beside this page',
  options.files.map(([name, says]) => `<a href="${escapeHtml(name)}">${escapeHtml(name)}</a>: ${escapeHtml(says)}`),
)}
</main>`;
  return shellHtml({
    title: `Proxyproof: ${headlineOf(result)}`,
    skip: ['happened', 'Skip to what happened'],
    body: `${headHtml(result, options, mask)}\n${main}`,
    first: packed,
    rest: '',
    moreStyle: reproductionStyle,
  });
}

const isGood = ({ comparison, proof }: Reproduction): boolean =>
  comparison.verdict === 'works-here' || (proof !== undefined && proof.proved.length > 0);

function headHtml(result: Reproduction, { version }: ReproductionPageOptions, mask: Mask): string {
  const { comparison, trial, plan, proof } = result;
  const there = 'symptom' in comparison ? comparison.symptom : undefined;
  const [first] = proof?.proved ?? [];
  const facts: readonly (readonly [string, string])[] = [
    ...(there ? [['Seen there', `${there.text} (${there.file}:${there.line})`] as const] : []),
    ...(trial.failed ? [['Seen here', failureWords(trial.failed.failure)] as const] : []),
    ...(first ? [['Cause', nameOf(first)] as const] : []),
    [
      'Behind',
      `${plan.local ? `cntlm at ${plan.local.host}:${plan.local.port}, then ` : ''}${plan.proxies.map(({ host, port }) => `${host}:${port}`).join(', ')}, which asks for ${plan.auth.scheme === 'none' ? 'no password' : plan.auth.scheme}`,
    ],
    ['GitLab', plan.gitlab.url],
    ['Runner', subjectWords(result.subject)],
  ];
  return `<header class="${isGood(result) ? 'good' : 'bad'}"><p class="suite">Proxyproof ${escapeHtml(version)} · a customer's case, stood up</p><h1>${escapeHtml(headlineOf(result))}</h1>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(mask(value))}</dd>`).join('')}</dl>
<noscript><p class="cite">This viewer runs no scripts: the pictures of the requests are not drawn. Open the file in a browser for those.</p></noscript></header>`;
}

const nameOf = (each: Candidate): string => `${each.file === undefined ? '' : `${placeOf(each)}, `}${each.cause}`;

/** The cause with its remedy, and the change as it is handed on; or what may mend it. */
function causeHtml(result: Reproduction, mask: Mask): string {
  const { trial, proof, candidates, diagnosis } = result;
  if (!trial.failed) return '';
  if (proof && proof.proved.length > 0) {
    const title = proof.proved.length === 1 ? 'Cause' : `${proof.proved.length} causes, mended together`;
    return `<h2 id="cause">${title}</h2>
${proof.proved.map((each) => remedyHtml(each, '', mask)).join('\n')}
${changeHtml(remedyText(diagnosis, proof.proved, mask, result.plan.mapped))}`;
  }
  const bug = runnerBug(result);
  if (bug)
    return `<h2 id="cause">Cause</h2>
<div class="remedy bug"><h3>The runner</h3><p>No change of these files mends it, and no runner may do this: ${escapeHtml(mask(bug.observed))}.</p><p>Expected: ${escapeHtml(mask(bug.expected))}.</p></div>`;
  if (candidates.length === 0 || proof) return `<h2 id="cause">Cause</h2><p>${escapeHtml(NOT_FOUND)}</p>`;
  return `<h2 id="cause">What may mend it <small>--prove tries each</small></h2>
${candidates.map((each) => remedyHtml(each, ' maybe', mask)).join('\n')}`;
}

const NOT_FOUND = 'No remedy that is known for what these files have mends it.';

const remedyHtml = (each: Candidate, look: string, mask: Mask): string =>
  `<div class="remedy${look}"><h3><code>${escapeHtml(mask(nameOf(each)))}</code></h3><p>${escapeHtml(mask(each.says))}</p><p>${escapeHtml(mask(each.remedy))}</p></div>`;

function changeHtml({ diff, commands }: RemedyText): string {
  return `${
    diff === ''
      ? ''
      : `<h2>The change</h2><pre class="code" tabindex="0" aria-label="The change as a diff">${diffHtml(diff)}</pre>`
  }
<h2>What applies it</h2><pre class="code" tabindex="0" aria-label="Commands">${commands.map((each) => `<span class="line">${escapeHtml(each)}</span>`).join('')}</pre>`;
}

function othersHtml({ proof }: Reproduction, mask: Mask): string {
  const others = proof ? othersTried(proof) : [];
  const list = (title: string, mends: boolean): string =>
    listHtml(
      title,
      others.filter(({ verdict }) => (verdict === 'mends') === mends).map((each) => escapeHtml(mask(triedWords(each)))),
    );
  return `${list('Tried alone, and mends it as well', true)}${list('Tried alone, and not enough', false)}`;
}

function asksHtml({ comparison, diagnosis }: Reproduction, mask: Mask): string {
  if (comparison.verdict !== 'not-reproduced') return '';
  const grave = diagnosis.findings.filter(isGrave);
  return `${listHtml(
    'What check finds in these files, not proved here',
    grave.map(({ cause, says, remedy, ...place }) =>
      escapeHtml(mask(`${placeOf(place)}: ${cause}. ${says} ${remedy.says}`)),
    ),
  )}${listHtml(
    'Ask the customer for',
    [...diagnosis.asks, COLLECT].map(
      ({ command, decides }) => `<code>${escapeHtml(mask(command))}</code>: ${escapeHtml(mask(decides))}`,
    ),
  )}`;
}

const listHtml = (title: string, items: readonly string[]): string =>
  items.length === 0 ? '' : `<h2>${title}</h2><ul>${items.map((each) => `<li>${each}</li>`).join('\n')}</ul>`;
