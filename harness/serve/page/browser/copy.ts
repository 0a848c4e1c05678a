import type { LabDocument, LabElement, LabWindow } from './dom.ts';

declare const document: LabDocument;
declare const window: LabWindow;

/** Copies a text; the button says for a moment that it did. A page that is not from this machine may lack the clipboard. */
export async function copyText(button: LabElement, text: string): Promise<void> {
  const isCopied = await write(text);
  const label = button.dataset['label'] ?? button.textContent;
  button.dataset['label'] = label;
  button.textContent = isCopied ? 'Copied' : 'Could not copy';
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}

async function write(text: string): Promise<boolean> {
  try {
    const { clipboard } = window.navigator;
    if (!clipboard) return writeOld(text);
    await clipboard.writeText(text);
    return true;
  } catch {
    return writeOld(text);
  }
}

function writeOld(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  before?.focus({ preventScroll: true });
  return isCopied;
}
