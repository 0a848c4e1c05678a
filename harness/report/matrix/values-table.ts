import { escapeHtml } from '../picture/index.ts';
import { plural } from '../verdict.ts';
import { chartSvg } from './chart.ts';
import type { ValueSeries } from './values.ts';
import { amountWords } from './words.ts';

/** Measured values over versions: those that change, and folded those that do not. */
export function valuesHtml(values: readonly ValueSeries[]): string {
  if (values.length === 0) return '<p>Nothing was measured in two of these versions.</p>';
  const [changing, steady] = [true, false].map((wanted) => values.filter(({ changes }) => changes === wanted)) as [
    ValueSeries[],
    ValueSeries[],
  ];
  const folded =
    steady.length === 0
      ? ''
      : `<details><summary>${plural(steady.length, 'value that stays', 'values that stay')} as it was, within what measuring varies by</summary>\n${tableHtml(steady)}</details>`;
  return `${changing.length === 0 ? '<p>No measured value changes.</p>' : tableHtml(changing)}\n${folded}`;
}

const tableHtml = (values: readonly ValueSeries[]): string =>
  `<div class="scroll" tabindex="0" role="region" aria-label="Measured values"><table class="values"><thead><tr><th scope="col">Measured</th><th scope="col">Over versions</th><th scope="col">Values</th></tr></thead><tbody>
${values.map(rowHtml).join('\n')}
</tbody></table></div>`;

function rowHtml(series: ValueSeries): string {
  const { others, asked, name, points, unit, profile, generations } = series;
  const where = [`profile ${profile}`, generations].filter(Boolean).join(', ');
  const alike = others === 0 ? '' : `, and ${plural(others, 'case', 'cases')} like it`;
  const told = points.map(({ label, amount, href }) => {
    const value = escapeHtml(amount === undefined ? '–' : amountWords(amount, unit));
    return `${escapeHtml(label)}: ${href === undefined ? value : `<a href="${escapeHtml(href)}">${value}</a>`}`;
  });
  return `<tr><th scope="row">${escapeHtml(series.case)}<small>${escapeHtml(asked)}: ${escapeHtml(name)} (${escapeHtml(where + alike)})</small></th><td>${chartSvg(series)}</td><td>${told.join('<br>')}</td></tr>`;
}
