import { distance } from 'fastest-levenshtein';

/** The names that somebody who typed `wanted` may have meant, nearest first: at most three. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const furthest = Math.max(2, Math.floor(wanted.length / 3));
  return names
    .map((name) => ({ name, away: wanted !== '' && name.includes(wanted) ? 1 : distance(wanted, name) }))
    .filter(({ away }) => away <= furthest)
    .sort((a, b) => a.away - b.away || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}
