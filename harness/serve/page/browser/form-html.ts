import { escapeHtml } from '../../../report/picture/markup.ts';
import type { FormField } from './fields.ts';

/** @param prefix makes ids of the fields that the page has once */
export function formHtml(fields: readonly FormField[], prefix: string): string {
  const html = (of: readonly FormField[]): string =>
    of.map((field) => fieldHtml(field, `${prefix}-${field.name}`)).join('');
  const [asked, left] = [fields.filter(({ required }) => required), fields.filter(({ required }) => !required)];
  if (left.length === 0) return html(asked);
  const options = left.length === 1 ? '1 option' : `${left.length} options`;
  // With nothing that must be said, the options are all there is to see.
  const open = asked.length === 0 && left.length > 1 ? ' open' : '';
  return `${html(asked)}<details class="more"${open}><summary>${options}</summary><div class="fields">${html(left)}</div></details>`;
}

function fieldHtml(field: FormField, id: string): string {
  const { name, required } = field;
  const label = `<label for="${id}"><code>${escapeHtml(name)}</code></label>`;
  const common = `id="${id}" data-field="${escapeHtml(name)}" aria-describedby="${id}-wrong"${required ? ' required' : ''}`;
  const wrong = `<span class="wrong" id="${id}-wrong"></span>`;
  return `<p class="field">${label}${controlHtml(field, common)}${wrong}</p>`;
}

function controlHtml({ is, required, options, whole, least, largest, example }: FormField, common: string): string {
  switch (is) {
    case 'choice':
    case 'yes-no': {
      const none = required ? '' : '<option value="">not said</option>';
      const each = options.map((option) => `<option>${escapeHtml(option)}</option>`).join('');
      return `<select ${common}>${none}${each}</select>`;
    }
    case 'number': {
      const limits = `${least === undefined ? '' : ` min="${least}"`}${largest === undefined ? '' : ` max="${largest}"`}`;
      return `<input type="number" ${common} step="${whole ? 1 : 'any'}"${limits}>`;
    }
    case 'text':
      return `<input type="text" ${common} autocomplete="off" spellcheck="false">`;
    case 'list':
      return `<textarea ${common} rows="2" spellcheck="false" placeholder="one a line"></textarea>`;
    case 'json':
      return `<textarea ${common} rows="2" spellcheck="false" placeholder="${escapeHtml(example)}"></textarea>`;
  }
}
