import type { PartlyExpected, Results } from '../conformance/outcome.ts';

/** What to do with entries of an expectations file that fit only in part, a sentence each. */
export const narrowSentences = ({ partlyExpected = [] }: Pick<Results, 'partlyExpected'>): readonly string[] =>
  partlyExpected.map(sentence);

function sentence({ entry, expected, fits, of, patterns }: PartlyExpected): string {
  const does = expected === 'warn' ? 'warn' : expected === 'error' ? 'break' : 'fail';
  const instead =
    patterns.length === 0
      ? 'No pattern means those alone, since repetitions of one case differ.'
      : `Write ${new Intl.ListFormat('en-GB').format(patterns)} instead.`;
  return `The entry ${entry} fits in part; narrow it: ${fits} of ${of} ${does}. ${instead}`;
}
