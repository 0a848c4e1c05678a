import type { Browser, Page } from 'playwright-core';
import type { LabState } from '../../../harness/serve/protocol.ts';
import { complaintsOf, launchChromium } from '../../chromium.ts';
import { StandInLab, TOKEN } from './stand-in-lab.ts';
import { quietLab } from './traffic.ts';

/** How somebody looks at a lab. */
interface Look {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** What follows the address; the token by default. */
  readonly hash?: string;
}

/** A lab's page in a real browser. */
interface Seen extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** The same, and the lab behind it. */
interface Watched extends Seen {
  readonly lab: StandInLab;
}

/** A real browser in which labs are looked at. */
export class LabBrowser {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<LabBrowser> {
    return new LabBrowser(await launchChromium());
  }

  /** A lab that stands in for a real one, looked at. */
  async open(look: Look = {}, state: Partial<LabState> = {}): Promise<Watched> {
    const lab = await StandInLab.start(quietLab(state));
    const seen = await this.look(lab.url, look);
    const close = async (): Promise<void> => {
      await seen[Symbol.asyncDispose]();
      await lab[Symbol.asyncDispose]();
    };
    return { ...seen, lab, [Symbol.asyncDispose]: close };
  }

  /** @param url of a lab's page */
  async look(
    url: string,
    { colorScheme = 'light', width = 1400, height = 900, hash = `#token=${TOKEN}` }: Look = {},
  ): Promise<Seen> {
    const context = await this.#browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(url + hash);
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** What an expression is worth in the page; its policy forbids Playwright's own way of waiting for one. */
export const valueIn = <T>(page: Page, expression: string): Promise<T> => page.evaluate<T>(expression);

/** Where the focus is: the id of what has it, or what a picture's row is called. */
export const focusedIn = (page: Page): Promise<string> =>
  valueIn(
    page,
    "(({ id, dataset, localName, textContent }) => id || dataset.seq || (localName === 'button' ? textContent : localName))(document.activeElement)",
  );

/** Presses a key until something has the focus. */
export async function pressUntil(page: Page, key: string, place: RegExp, most = 60): Promise<string> {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press(key);
    const now = await focusedIn(page);
    if (place.test(now)) return now;
  }
  throw new Error(`${most} times ${key} did not bring the focus to ${place}; it is at ${await focusedIn(page)}`);
}
