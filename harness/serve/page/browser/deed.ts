import { type LabDocument, type LabElement, part } from './dom.ts';

/**
 * Does something that the reader asked for, and says beside it what came of it.
 * @param said the element that says it
 * @param button cannot be pressed a second time meanwhile
 */
export async function deed(
  said: LabElement | null,
  button: LabElement | null,
  does: () => Promise<string>,
): Promise<boolean> {
  if (button?.getAttribute('aria-disabled') === 'true') return false;
  button?.setAttribute('aria-disabled', 'true');
  try {
    say(said, await does(), false);
    return true;
  } catch (error) {
    say(said, error instanceof Error ? error.message : String(error), true);
    return false;
  } finally {
    button?.removeAttribute('aria-disabled');
  }
}

export function say(said: LabElement | null, text: string, isWrong: boolean): void {
  if (!said) return;
  said.textContent = text;
  said.classList.toggle('bad', isWrong);
}

/** Where a card says what came of what was asked for in it. */
export const saidIn = (page: LabDocument, card: string): LabElement | null => part(page, card).querySelector('.said');

/** Says in a card's title, in few words, how things stand. */
export function brief(page: LabDocument, card: string, text: string): void {
  const element = part(page, card).querySelector('.brief');
  if (element && element.textContent !== text) element.textContent = text;
}
