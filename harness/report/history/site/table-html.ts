import { escapeHtml } from '../../picture/markup.ts';

/**
 * A table that scrolls by itself where it is too wide, with the keyboard too.
 * @param label what it holds, for whoever does not see it
 * @param columns headings, as text; none for a table that explains itself
 * @param rows HTML
 */
export function tableHtml(label: string, columns: readonly string[], rows: readonly string[]): string {
  const heads = columns.map((each) => `<th scope="col">${escapeHtml(each)}</th>`).join('');
  const head = heads === '' ? '' : `<thead><tr>${heads}</tr></thead>`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(label)}"><table class="list">${head}<tbody>${rows.join('')}</tbody></table></div>`;
}
