import type { LabWindow } from './dom.ts';

/** What a tab keeps until it is closed. A browser may refuse to keep anything; then nothing is kept. */
export class Tab {
  readonly #window: LabWindow;

  constructor(window: LabWindow) {
    this.#window = window;
  }

  read(key: string): string | undefined {
    return quietly(() => this.#window.sessionStorage.getItem(key)) ?? undefined;
  }

  keep(key: string, value: string): void {
    quietly(() => this.#window.sessionStorage.setItem(key, value));
  }
}

function quietly<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
