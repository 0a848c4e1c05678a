/** Bytes that parsers trip over. */
const AWKWARD = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  '\r\n\r\n',
  ' ',
  '\t',
  '\x0b',
  ':',
  ';',
  ',',
  '-',
  '+',
  '.',
  '/',
  '\\',
  '@',
  '#',
  '0',
  '9',
  '\x7f',
  '\x80',
  '\xa0',
  '\xff',
  '[::1]',
  '%00',
  '%0d%0a',
  'HTTP/1.1',
  'chunked',
  'Content-Length: 5\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Host: x\r\n',
  'Connection: close\r\n',
  '0\r\n\r\n',
  '-5\r\n',
  'ffffffffffffffff\r\n',
] as const;

/**
 * Changes a text in some places: what is inserted, left out, said twice, or taken from another one.
 * @param below gives a random number
 * @param others texts to take a piece of
 */
export function mutate(text: string, below: (limit: number) => number, others: readonly string[]): string {
  let changed = text;
  for (let left = below(4); left > 0; left -= 1) {
    const at = below(changed.length + 1);
    const to = at + below(8);
    const other = others[below(others.length)] ?? '';
    const from = below(other.length + 1);
    const instead = [
      AWKWARD[below(AWKWARD.length)] ?? '',
      '',
      changed.slice(at, to).repeat(2),
      String.fromCharCode(below(256)),
      other.slice(from, from + below(60)),
      changed.slice(at, at + 1).toUpperCase(),
    ][below(6)];
    changed = changed.slice(0, at) + instead + changed.slice(below(3) === 0 ? at : to);
  }
  return changed;
}
