import { marks } from '../../marks.ts';
import { sameValue } from '../../measured/index.ts';
import { escapeHtml } from '../../picture/markup.ts';
import { plural } from '../../verdict.ts';
import { answerValue } from '../model/answer-value.ts';
import type { CaseDetail, HistoryModel } from '../model/build-model.ts';
import { caseIn } from '../model/build-model.ts';
import type { CaseStanding } from '../model/standings.ts';
import { changeWords } from './site-words.ts';

/** A case with what is known of it. */
interface Told {
  readonly standing: CaseStanding;
  readonly detail: CaseDetail;
}

/** The cases of one requirement and subject: what is the same is told once, the worst first. */
export function casesHtml(model: HistoryModel, standings: readonly CaseStanding[]): string {
  const told = standings.map((standing) => ({ standing, detail: model.detailOf(standing) }));
  const answers: string[] = [];
  const groups = [...Map.groupBy(told, (each) => wordsOf(each, answers)).values()];
  return groups
    .toSorted((a, b) => rank(b) - rank(a))
    .map(groupHtml)
    .join('');
}

const RANKS = ['pass', 'skip', 'info', 'warn', 'blocked', 'error', 'fail'];
const rank = ([first]: readonly Told[]): number => RANKS.indexOf(first?.detail.outcome ?? 'pass');

/**
 * What makes two cases say the same: their words without numbers, which differ from case to case. Measured answers are
 * compared by value.
 * @param answers those that came before, and this one, if it is another
 */
function wordsOf({ standing, detail }: Told, answers: string[]): string {
  const { outcome, wrong = [], reason = '', known } = detail;
  const said = wrong.map(([, observed]) => observed).join('; ') || reason;
  const like = outcome === 'info' ? answers.find((each) => sameValue(answerValue(each), answerValue(said))) : undefined;
  if (outcome === 'info' && like === undefined) answers.push(said);
  const words = outcome === 'info' ? (like ?? said) : said.replace(/\d+/g, '#');
  return JSON.stringify([outcome, words, known?.reason, known?.link, changeWords(standing)]);
}

/** So many cases are named at once; more have to be opened. */
const NAMED = 12;

function groupHtml(members: readonly Told[]): string {
  const [first] = members;
  if (!first) return '';
  const { standing, detail } = first;
  const { outcome } = detail;
  const axes = members.map(
    ({ standing: { id, scenario } }) => `<code>${escapeHtml(id.slice(scenario.length) || 'default')}</code>`,
  );
  const some = `<p class="axes">${axes.slice(0, NAMED).join('')}</p>`;
  const all = `<details class="more"><summary>All ${axes.length} cases</summary><p class="axes">${axes.join('')}</p></details>`;
  const change = changeWords(standing);
  const title = `<p><span class="cell ${outcome}" aria-hidden="true">${marks[outcome]}</span> <span class="word ${outcome}">${outcome}</span> ${plural(members.length, 'case', 'cases')}${change === '' ? '' : ` <small>${escapeHtml(change)}</small>`}</p>`;
  if (outcome === 'pass' && !detail.known) {
    return `<div class="group-of-cases">${title}${all}</div>`;
  }
  return `<div class="group-of-cases ${outcome}">${title}${saidHtml(detail)}${knownHtml(detail)}${axes.length > NAMED ? all : some}${evidenceHtml(standing, detail)}</div>`;
}

function saidHtml({ wrong = [], reason }: CaseDetail): string {
  if (wrong.length === 0) return reason === undefined ? '' : `<p>${escapeHtml(reason)}</p>`;
  return wrong
    .map(
      ([expected, observed]) =>
        `<p>Expected: <span class="expected">${escapeHtml(expected)}</span><br>Observed: <span class="observed">${escapeHtml(observed)}</span></p>`,
    )
    .join('');
}

/** What an expectations file says, with the bug's link. */
export function knownHtml({ known }: Pick<CaseDetail, 'known'>): string {
  if (!known) return '';
  return `<p>Known deviation: ${escapeHtml(known.reason)} ${bugLink(known.link)}</p>`;
}

/** Only what is a web page is a link: the file it comes from may be anybody's. */
export const bugLink = (link: string | undefined): string =>
  link === undefined || link === ''
    ? '<small>without a bug’s link</small>'
    : /^https?:\/\//.test(link)
      ? `<a href="${escapeHtml(link)}" rel="noreferrer">${escapeHtml(link)}</a>`
      : `<code>${escapeHtml(link)}</code>`;

function evidenceHtml({ scenario }: CaseStanding, { evidence, like, run }: CaseDetail): string {
  const shown = evidence ?? (like === undefined ? undefined : caseIn(run, scenario, like)?.evidence);
  if (!shown || shown.length === 0) return '';
  const whose = evidence ? '' : `, of ${escapeHtml(like || 'default')}, which failed in the same words`;
  return `<details class="more"><summary>Evidence${whose}</summary><div class="evidence-lines" tabindex="0" role="region" aria-label="Evidence"><pre>${shown.map(escapeHtml).join('\n')}</pre></div></details>`;
}
