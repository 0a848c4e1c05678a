/** The letters that systemd 252 replaces in a service's unit file. Source: systemd.unit(5), “Specifiers”. */
const KNOWN = new Set('aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY');

/** A text with specifiers. */
export interface Specifiers {
  /** As the process gets it where no specifier but %% is in it. */
  readonly text: string;
  /** Those that systemd replaces by something of its own, such as `%C` by /var/cache. */
  readonly replaced: readonly string[];
  /** Those that it does not know: it drops the assignment. */
  readonly unknown: readonly string[];
}

/** Undoes `%%`, and finds what else systemd would make of percent signs: only those before a letter or digit matter. */
export function undoSpecifiers(word: string): Specifiers {
  const replaced: string[] = [];
  const unknown: string[] = [];
  const text = word.replace(/%([A-Za-z0-9%])/g, (whole, letter: string) => {
    if (letter === '%') return '%';
    (KNOWN.has(letter) ? replaced : unknown).push(whole);
    return whole;
  });
  return { text, replaced, unknown };
}
