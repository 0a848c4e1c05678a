import type { Finding } from '../../conformance/finding.ts';
import type { CaseOutcome, Results } from '../../conformance/outcome.ts';
import { levels, marks } from '../marks.ts';
import { cut, escapeHtml, seconds } from '../picture/index.ts';
import { rerunCommand } from '../rerun.ts';
import { surprise } from '../verdict.ts';
import type { CaseEntry } from './matrix.ts';

const FINDING_MARKS: Readonly<Record<Finding['verdict'], string>> = {
  holds: '✓',
  fails: '✗',
  measured: 'i',
  blocked: '⊘',
};
const FINDING_CLASSES: Readonly<Record<Finding['verdict'], string>> = {
  holds: 'pass',
  fails: 'fail',
  measured: 'info',
  blocked: 'blocked',
};

/** One case: requirement and citation → expected → observed → findings → the place of its timeline. */
export function caseHtml(
  entry: CaseEntry,
  results: Results,
  { events, isOpen }: { events: 'here' | 'left-out' | 'none'; isOpen: boolean },
): string {
  const { outcome, anchor, unexpected } = entry;
  const wrong = outcome.findings.filter((each) => each.verdict === 'fails' || each.verdict === 'blocked');
  const open = isOpen ? ' open' : '';
  return `<details class="case ${outcome.outcome}" id="${anchor}" data-outcome="${outcome.outcome}" data-unexpected="${unexpected}"${open}>
<summary><span class="cell ${outcome.outcome}" aria-hidden="true">${marks[outcome.outcome]}</span> <code class="id">${escapeHtml(outcome.id)}</code> <span class="word ${outcome.outcome}">${outcome.outcome}</span>${outcome.expected === 'pass' ? '' : ` <span class="word">expected: ${outcome.expected}</span>`} <span class="brief">${escapeHtml(cut(outcome.reason, 160))}</span></summary>
<div class="inside">
<dl>
<dt>Requirement</dt><dd>${escapeHtml(outcome.requirement)} <span class="cite">${escapeHtml(outcome.citation)} · ${levels[outcome.level]}</span></dd>
${wrong.length > 0 ? wrong.map(contradiction).join('\n') : `<dt>Outcome</dt><dd>${escapeHtml(outcome.reason)}</dd>`}
${expectationHtml(outcome)}
<dt>Circumstances</dt><dd>${circumstances(outcome)}</dd>
</dl>
${findingsHtml(outcome, wrong)}
<p class="again">Again: <code>${escapeHtml(rerunCommand(results, outcome))}</code></p>
${timelineHtml(events)}
</div></details>`;
}

function contradiction(finding: Finding): string {
  return `<dt>Expected</dt><dd class="expected">${escapeHtml(finding.expected)}</dd>
<dt>Observed</dt><dd class="observed">${escapeHtml(finding.observed)} ${evidenceLinks(finding)}</dd>`;
}

function findingsHtml(outcome: CaseOutcome, told: readonly Finding[]): string {
  const rest = outcome.findings.filter((each) => !told.includes(each));
  if (rest.length === 0) return '';
  const items = rest.map(
    (each) =>
      `<li><span class="cell ${FINDING_CLASSES[each.verdict]}">${FINDING_MARKS[each.verdict]}</span> ${escapeHtml(each.expected)} <span class="arrow">→</span> ${escapeHtml(each.observed)} ${evidenceLinks(each)}</li>`,
  );
  return `<h4>${told.length > 0 ? 'What else was looked at' : 'Findings'}</h4><ul class="findings">${items.join('\n')}</ul>`;
}

/** How many pieces of evidence get a link of their own. */
const LINKS = 4;

function evidenceLinks(finding: Finding): string {
  const links = finding.evidence
    .slice(0, LINKS)
    .map(
      (seq) =>
        `<button type="button" class="seq" data-show="${seq}" title="Show event ${seq} of the ledger">#${seq}</button>`,
    );
  const more =
    finding.evidence.length > LINKS ? [`<span class="cite">and ${finding.evidence.length - LINKS} more</span>`] : [];
  return [...links, ...more].join(' ');
}

function expectationHtml(outcome: CaseOutcome): string {
  const { expectation } = outcome;
  if (!expectation) return '';
  const link = expectation.link;
  const more =
    link && /^https?:\/\//.test(link) ? ` <a href="${escapeHtml(link)}" rel="noreferrer">${escapeHtml(link)}</a>` : '';
  const odd = surprise(outcome);
  return `<dt>Known deviation</dt><dd>${escapeHtml(odd ?? expectation.reason)}${more}</dd>`;
}

function circumstances(outcome: CaseOutcome): string {
  const axes = Object.entries(outcome.axes).map(([name, value]) => `${name} ${value}`);
  const parts = [
    `took ${seconds(outcome.durationMs)}`,
    ...(outcome.waitedMs > outcome.durationMs * 2 ? [`${seconds(outcome.waitedMs)} on its own simulated clock`] : []),
    ...(outcome.proxy ? [`proxy: ${outcome.proxy}`] : []),
    ...(outcome.isolation ? [`isolation: ${outcome.isolation}`] : []),
    ...axes,
  ];
  return escapeHtml(parts.join(' · '));
}

function timelineHtml(events: 'here' | 'left-out' | 'none'): string {
  if (events === 'none') return '<p class="cite">Nothing was recorded for this case.</p>';
  if (events === 'left-out') {
    return '<p class="cite">To keep this file small, the timelines of cases that are as expected were left out; the events are in ledger.ndjson.</p>';
  }
  return '<div class="timeline"><p class="cite">The timeline is drawn by a script of this page, which this viewer does not run. Open the file in a browser, or read ledger.ndjson.</p></div>';
}
