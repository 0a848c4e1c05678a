/** A text in another form, in which a secret may be found, and the way back. */
export interface TextView {
  readonly text: string;
  /** Where in the original each character begins, and at the end where the original ends. */
  readonly from: readonly number[];
}

/** A part of a text, and what stands in its place. */
export interface SecretSpot {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** The same part in the original. */
export const inOriginal = ({ from }: TextView, { start, end, name }: SecretSpot): SecretSpot => ({
  start: from[start] ?? 0,
  end: from[end] ?? 0,
  name,
});

/** Every part replaced by the mark of its name; of two that overlap, both parts become one mark. */
export function replaceSpots(text: string, spots: readonly SecretSpot[], mark: (name: string) => string): string {
  let clean = '';
  let at = 0;
  for (const { start, end, name } of spots.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start >= at) clean += text.slice(at, start) + mark(name);
    at = Math.max(at, end);
  }
  return clean + text.slice(at);
}
