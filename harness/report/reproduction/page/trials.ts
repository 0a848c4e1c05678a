import { type Reproduction, STEP_WORDS, type Trial } from '../../../reproduce/index.ts';
import type { Mask } from '../../diagnosis/mask.ts';
import { deflated, packCases } from '../../html/blocks.ts';
import { carry } from '../../html/data.ts';
import { element } from '../../html/embed.ts';
import { escapeHtml } from '../../picture/index.ts';
import { failureWords } from '../failure-words.ts';
import { storyOfTrial, type TrialStory } from './story.ts';
import { type SeenWay, waysOf } from './ways.ts';

/** The trials of a reproduction as HTML, and what the page's script draws their pictures from. */
export interface TrialsHtml {
  readonly html: string;
  /** Elements for the script. */
  readonly packed: string;
}

/** Before and after the remedy, side by side: what was tried, who went where, and the picture of every request. */
export function trialsHtml({ trial, proof, events }: Reproduction, mask: Mask): TrialsHtml {
  const mended = proof && proof.proved.length > 0 ? proof.after : undefined;
  const told = [
    { title: mended ? 'As it stands' : 'What happened', trial },
    ...(mended ? [{ title: 'With the change', trial: mended }] : []),
  ].map((each) => ({ ...each, story: storyOfTrial(each.trial, events, mask) }));
  const insides = told.map((each) => insideHtml(each.trial, mask));
  const { table, cases } = packCases(
    told.map(({ story }, index) => carry(insides[index] ?? '', story.events, { pointed: story.evidence, kept: [] })),
  );
  const [first = ''] = cases;
  return {
    html: `${waysHtml(told.map(({ story }) => story))}
<div class="trials">${told.map(({ title, trial: each }, index) => caseHtml(title, each, index, insides[index] ?? '')).join('\n')}</div>`,
    packed: [element('table', table), element('0', first), element('search', deflated('[]'))].join('\n'),
  };
}

function caseHtml(title: string, { failed }: Trial, index: number, inside: string): string {
  const [outcome, mark] = failed ? ['fail', '✗'] : ['pass', '✓'];
  const word = failed ? 'fails' : 'works';
  return `<details class="case" id="case-${index + 1}" data-place="${index}" open>
<summary><span class="cell ${outcome}" aria-hidden="true">${mark}</span> <span class="id">${title}</span> <span class="word ${outcome}">${word}</span></summary>
<div class="inside">${inside}</div></details>`;
}

function insideHtml({ steps }: Trial, mask: Mask): string {
  const items = steps.map(({ step, failure }) => {
    const words = failure ? `${STEP_WORDS[step]}: ${failureWords(failure)}` : STEP_WORDS[step];
    return `<li><span class="cell ${failure ? 'fail' : 'pass'}" aria-hidden="true">${failure ? '✗' : '✓'}</span> <span>${escapeHtml(mask(words))}</span></li>`;
  });
  return `<ul class="findings">${items.join('\n')}</ul><div class="timeline" data-start="evidence"></div>`;
}

/** Which way each host was asked, before and after. */
function waysHtml(stories: readonly TrialStory[]): string {
  const ways = stories.map(({ events }) => waysOf(events));
  const hosts = [...new Set(ways.flatMap((each) => [...each.keys()]))];
  if (hosts.length === 0) return '';
  const [before, after] = ways;
  const cell = (found: readonly SeenWay[] = []): string => {
    const items = found.map(
      ({ words, works }) =>
        `<span class="${works ? 'works' : 'fails'}">${works ? '✓' : '✗'} ${escapeHtml(words)}</span>`,
    );
    return `<td>${items.length > 0 ? items.join('<br>') : 'not asked for'}</td>`;
  };
  const rows = hosts.map(
    (host) =>
      `<tr><th scope="row">${escapeHtml(host)}</th>${cell(before?.get(host))}${after ? cell(after.get(host)) : ''}</tr>`,
  );
  const heads = ['Host', 'As it stands', ...(after ? ['With the change'] : [])];
  return `<div class="scroll"><table class="ways-table"><thead><tr>${heads.map((each) => `<th scope="col">${each}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
