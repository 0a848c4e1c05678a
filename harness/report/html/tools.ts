import { outcomeNames, type Results } from '../../conformance/outcome.ts';
import { marks, meanings } from '../marks.ts';
import { escapeHtml } from '../picture/index.ts';

/** The legend, which is the filter too. */
export function toolsHtml(results: Results): string {
  const { totals } = results;
  const button = (name: string, count: number, mark: string, title: string): string =>
    `<button type="button" data-filter="${name}" aria-pressed="false" title="${escapeHtml(title)}">${mark}${count} ${name === 'unexpected' ? 'not as expected' : name}</button>`;
  const buttons = outcomeNames
    .filter((name) => totals[name] > 0)
    .map((name) =>
      button(
        name,
        totals[name],
        `<span class="cell ${name}" aria-hidden="true">${marks[name]}</span> `,
        meanings[name],
      ),
    );
  return `<div class="tools" role="search" aria-label="Filter the cases">${button('unexpected', totals.unexpected, '', 'outcomes that the requirement or the expectations file does not allow')}${buttons.join('')}<input id="search" type="search" placeholder="Search id, requirement, reason" aria-label="Search cases"><span id="shown" role="status"></span></div>
<p class="cite">${totals.cases} cases. A ring marks what is not as expected, a dashed border a known deviation. Choose a cell to open its case.</p>`;
}
