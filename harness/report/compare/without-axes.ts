/**
 * A sentence without what the case's axes say, which stands in many: `on Retry-After: 12 the request …`, `what it does on 502`.
 * @param values of axes
 */
export function withoutAxes(sentence: string, values: readonly string[]): string {
  const words = values
    .filter((value) => value !== '')
    .sort((a, b) => b.length - a.length)
    .map((value) => RegExp.escape(value));
  if (words.length === 0) return sentence;
  return sentence.replace(new RegExp(String.raw`(?<![\w.-])(?:${words.join('|')})(?![\w-]|\.\d)`, 'g'), '…');
}
