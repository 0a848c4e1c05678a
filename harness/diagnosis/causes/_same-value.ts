import { noProxyEntries } from '../../clients/go/index.ts';

/** Whether two values of a variable come to the same: beyond a slash at the end, a scheme left out, or the order of entries. */
export function isSameValue(name: string, one: string, other: string): boolean {
  if (/^no_proxy$/i.test(name)) return listed(one) === listed(other);
  return plain(one) === plain(other);
}

const plain = (value: string): string =>
  value
    .trim()
    .replace(/^http:\/\//i, '')
    .replace(/\/+$/, '');

const listed = (value: string): string => [...new Set(noProxyEntries(value))].sort().join(',');
