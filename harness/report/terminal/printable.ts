/** What would move a terminal's cursor, change its colours, or turn the direction of its text. */
const HIDDEN = /[\p{Cc}\p{Bidi_Control}]/gu;

const shown = (character: string): string =>
  character === '\t' ? ' ' : `\\u{${character.charCodeAt(0).toString(16)}}`;

/** A text for one line of a terminal: what would act on the terminal is shown instead, as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(HIDDEN, shown);
}

/** The same for a text that has lines: their ends stay. */
export function printableLines(text: string): string {
  return text.replace(HIDDEN, (character) => (character === '\n' ? character : shown(character)));
}

/** The same for JSON, which says the same afterwards. */
export function printableJson(json: string): string {
  return json.replace(HIDDEN, (character) =>
    /\s/.test(character) ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value whose texts, however deep, are all printable. */
export function printableValue<T>(value: T): T {
  if (typeof value === 'string') return printableLines(value) as T;
  if (Array.isArray(value)) return value.map(printableValue) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [printableLines(key), printableValue(each)]),
  ) as T;
}
