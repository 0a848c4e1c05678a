import type { Api } from './api.ts';
import { deed, saidIn } from './deed.ts';
import { type LabDocument, part } from './dom.ts';

declare const document: LabDocument;

/** The card of what can be kept. A link cannot say the token, so a file is fetched and then saved. */
export function startExports(page: LabDocument, api: Api): void {
  part(page, 'keep').addEventListener('click', ({ target }) => {
    const button = target?.closest('button[data-export]');
    const name = button?.dataset['export'];
    if (!button || name === undefined) return;
    void deed(saidIn(page, 'keep'), button, () => save(api, `/api/export/${name}`, `lab-${name}`));
  });
}

/** Saves what the lab answers as a file. @returns what to say of it */
export async function save(api: Api, path: string, name: string): Promise<string> {
  const answer = await api.ask('GET', path);
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has begun to save it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return `Saved as ${name}.`;
}
