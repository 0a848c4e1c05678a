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

/** How long what was observed may be in a case's line, in characters: about what a wide window has room for. */
const BRIEF = 260;

/**
 * One case as a line that opens. What is not as expected can be read without the page's script: the requirement, what was
 * expected and observed, and the command; the script puts the whole in its place when the case is opened.
 */
export function caseHtml(
  entry: CaseEntry,
  results: Results,
  { place, isOpen }: { place: number; isOpen: boolean },
): string {
  const { outcome, anchor, unexpected } = entry;
  const expected = outcome.expected === 'pass' ? '' : ` <span class="word">expected: ${outcome.expected}</span>`;
  const inside = unexpected
    ? `<dl>${requirementHtml(outcome)}${reasonHtml(outcome)}</dl>${againHtml(outcome, results)}`
    : '';
  return `<details class="case" id="${anchor}" data-outcome="${outcome.outcome}"${unexpected ? ' data-unexpected="true"' : ''} data-place="${place}"${isOpen ? ' open' : ''}>
<summary><span class="cell ${outcome.outcome}" aria-hidden="true">${marks[outcome.outcome]}</span> <code class="id">${escapeHtml(outcome.id)}</code> <span class="word ${outcome.outcome}">${outcome.outcome}</span>${expected} <span class="brief">${escapeHtml(cut(briefly(outcome), BRIEF))}</span></summary>
<div class="inside">${inside}</div></details>`;
}

/** The inside of an opened case: requirement and citation → expected → observed → findings → the place of its timeline. */
export function insideHtml({ outcome }: CaseEntry, results: Results, events: 'here' | 'left-out' | 'none'): string {
  return `<dl>
${requirementHtml(outcome)}
${reasonHtml(outcome, evidenceLinks)}
${expectationHtml(outcome)}
<dt>Circumstances</dt><dd>${escapeHtml(circumstances(outcome))}</dd>
</dl>
${findingsHtml(outcome)}
${againHtml(outcome, results)}
${timelineHtml(events)}`;
}

/** What a search looks through. */
export function searchText({ outcome }: CaseEntry): string {
  const { id, requirement, citation, reason, findings, expectation } = outcome;
  const said = findings.flatMap(({ expected, observed }) => [expected, observed]);
  const parts = [id, outcome.outcome, requirement, citation, reason, ...said, expectation?.reason ?? ''];
  return `${parts.join('\n')}\n${circumstances(outcome)}`.toLowerCase();
}

const isWrong = ({ verdict }: Finding): boolean => verdict === 'fails' || verdict === 'blocked';

/** What was observed, where something failed: what was expected is in the case's name. */
function briefly({ findings, reason }: CaseOutcome): string {
  const wrong = findings.filter(isWrong);
  return wrong.length > 0 ? wrong.map(({ observed }) => observed).join('; ') : reason;
}

const requirementHtml = ({ requirement, citation, level }: CaseOutcome): string =>
  `<dt>Requirement</dt><dd>${escapeHtml(requirement)} <span class="cite">${escapeHtml(citation)} · ${levels[level]}</span></dd>`;

function reasonHtml({ findings, reason }: CaseOutcome, links: (finding: Finding) => string = () => ''): string {
  const wrong = findings.filter(isWrong);
  if (wrong.length === 0) return `<dt>Outcome</dt><dd>${escapeHtml(reason)}</dd>`;
  return wrong
    .map(
      (each) => `<dt>Expected</dt><dd class="expected">${escapeHtml(each.expected)}</dd>
<dt>Observed</dt><dd class="observed">${escapeHtml(each.observed)} ${links(each)}</dd>`,
    )
    .join('\n');
}

const againHtml = (outcome: CaseOutcome, results: Results): string =>
  `<p class="again">Again: <code>${escapeHtml(rerunCommand(results, outcome))}</code></p>`;

function findingsHtml({ findings }: CaseOutcome): string {
  const rest = findings.filter((each) => !isWrong(each));
  if (rest.length === 0) return '';
  const items = rest.map(
    (each) =>
      `<li><span class="cell ${FINDING_CLASSES[each.verdict]}" aria-hidden="true">${FINDING_MARKS[each.verdict]}</span> ${escapeHtml(each.expected)} <span class="arrow">→</span> ${escapeHtml(each.observed)} ${evidenceLinks(each)}</li>`,
  );
  return `<h3>${rest.length < findings.length ? 'What else was checked' : 'Findings'}</h3><ul class="findings">${items.join('\n')}</ul>`;
}

/** How many pieces of evidence get a link of their own. */
const LINKS = 4;

function evidenceLinks(finding: Finding): string {
  const links = finding.evidence
    .slice(0, LINKS)
    .map(
      (seq) =>
        `<button type="button" class="seq" data-show="${seq}" title="Show event ${seq} of the ledger" aria-label="Show event ${seq}">#${seq}</button>`,
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
  return parts.join(' · ');
}

function timelineHtml(events: 'here' | 'left-out' | 'none'): string {
  if (events === 'none') return '<p class="cite">Nothing was recorded for this case.</p>';
  if (events === 'left-out') {
    return '<p class="cite">The timeline of this case was left out to keep this file small. Its events are in ledger.ndjson.</p>';
  }
  return '<div class="timeline"></div>';
}
