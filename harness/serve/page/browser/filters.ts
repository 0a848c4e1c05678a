import { escapeHtml } from '../../../report/picture/markup.ts';
import { EVERYTHING, isEverything, type RecordChoice } from './choice.ts';
import { type LabDocument, part } from './dom.ts';
import { patch } from './patch.ts';
import type { LabRecord } from './record.ts';

/** The bar above the picture. @param changed called with what the reader chose */
export function startFilters(page: LabDocument, changed: (choice: RecordChoice) => void): (record: LabRecord) => void {
  const [client, host, status, words] = ['client', 'host', 'status', 'words'].map((each) => part(page, `by-${each}`));
  const choice = (): RecordChoice => ({
    client: client?.value ?? '',
    host: host?.value ?? '',
    status: status?.value ?? '',
    words: words?.value ?? '',
  });
  const tell = (): void => {
    part(page, 'clear').hidden = isEverything(choice());
    changed(choice());
  };
  for (const each of [client, host, status]) each?.addEventListener('change', tell);
  words?.addEventListener('input', tell);
  part(page, 'clear').addEventListener('click', () => {
    for (const each of [client, host, status, words]) if (each) each.value = '';
    words?.focus();
    part(page, 'clear').hidden = true;
    changed(EVERYTHING);
  });
  return (record) => {
    for (const [select, all, names] of [
      [client, 'Every client', record.clients],
      [host, 'Every host', record.hosts],
    ] as const) {
      if (!select) continue;
      const chosen = select.value;
      // What is chosen stays a choice, though nothing of it may be left.
      const kept = chosen === '' || names.includes(chosen) ? names : [...names, chosen];
      patch(page, select, optionsHtml(all, kept));
      select.value = chosen;
    }
  };
}

/** Options of a select: what is there, under a first one that chooses everything. */
function optionsHtml(all: string, names: readonly string[]): string {
  const option = (name: string): string => `<option value="${escapeHtml(name)}">${escapeHtml(name)}</option>`;
  return `<option value="">${escapeHtml(all)}</option>${names.map(option).join('')}`;
}
