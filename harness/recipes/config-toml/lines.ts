/** The line of a file, from 1, on which a key of that name is set for the nth time; undefined when it is not there. */
export function lineOfKey(text: string, key: string, nth = 0): number | undefined {
  const found = text.split('\n').flatMap((line, i) => (new RegExp(`^\\s*"?${key}"?\\s*=`).test(line) ? [i + 1] : []));
  return found[nth];
}
