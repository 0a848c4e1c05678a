/** How long a line may be, in characters, before what it holds gets lines of its own. */
const LINE = 120;

/** Down to here everything has lines of its own: the run, its scenarios, each of them, its cases. */
const ALWAYS = 3;

/**
 * JSON that can be compared line by line: a case has a line of its own, or, where that is too long, a line for each of
 * its parts. Keys stay in their order.
 * @param depth how deep in the run this stands
 */
export function writeJson(value: unknown, depth = 0): string {
  const short = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || short.length <= 2) return short;
  if (depth > ALWAYS && short.length <= LINE) return short;
  const parts = Array.isArray(value)
    ? value.map((each) => writeJson(each, depth + 1))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${writeJson(each, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const indent = ' '.repeat(depth);
  return `${open}\n${parts.map((part) => `${indent} ${part}`).join(',\n')}\n${indent}${close}`;
}
