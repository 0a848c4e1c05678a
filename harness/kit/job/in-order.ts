/**
 * Where numbered lines are not there once each and in order, in words.
 * @param numbers as they came; the first should be 1
 * @returns undefined when they are; how many there should be is for the caller to say
 */
export function outOfOrder(numbers: readonly number[]): string | undefined {
  const wrong = numbers.findIndex((number, index) => number !== index + 1);
  return wrong < 0 ? undefined : `after ${wrong} lines in order comes line ${numbers[wrong]}`;
}
