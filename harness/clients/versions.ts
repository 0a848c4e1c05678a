/** A program's version in a few words, out of the line in which it tells it. */
export const brief = (told: string): string =>
  told.replace(/ (?:\(|built on |\[|[\d-]+$).*/, '').replace(/, build .*/, '');
