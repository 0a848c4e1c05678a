import type { Header } from '../../ledger/index.ts';

/**
 * The values of a field, one for each line. Asked of every request, so names of another length are not looked at.
 * @param name in small letters
 */
export function valuesOf(headers: readonly Header[], name: string): string[] {
  const values: string[] = [];
  for (const [each, value] of headers) {
    if (each.length === name.length && each.toLowerCase() === name) values.push(value);
  }
  return values;
}
