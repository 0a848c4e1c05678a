const KEY = /^\s*"?([\w-]+)"?\s*=/;
/** A table within a runner is a key of the one above it. */
const TABLE = /^\s*\[\[?\s*runners\.(?:[\w-]+\.)*([\w-]+)\s*\]/;

/** Finds the lines on which a config.toml sets its keys; the text is looked through once. */
export class KeyLines {
  /** By key; the first line in each `[[runners]]` section, counted from 0, and before the first one. */
  readonly #lines = new Map<string, Map<number, number>>();

  constructor(text: string) {
    let section = -1;
    for (const [index, line] of text.split('\n').entries()) {
      if (/^\s*\[\[\s*runners\s*\]\]/.test(line)) section++;
      const key = (KEY.exec(line) ?? TABLE.exec(line))?.[1];
      if (key === undefined) continue;
      const sections = this.#lines.get(key) ?? new Map<number, number>();
      this.#lines.set(key, sections);
      if (!sections.has(section)) sections.set(section, index + 1);
    }
  }

  /** The line, from 1, on which a key is set in the nth `[[runners]]` section, or in a table below it. */
  inRunner(key: string, nth: number): number | undefined {
    return this.#lines.get(key)?.get(nth);
  }

  /** The line, from 1, on which a key is set before the first `[[runners]]`. */
  beforeRunners(key: string): number | undefined {
    return this.inRunner(key, -1);
  }
}
