import { type MeasuredValue, measuredValue, sameValue } from '../../measured/index.ts';

import type { HistoryCase } from '../store/history-run.ts';

const known = new Map<string, MeasuredValue>();

/** Whether two measured answers are as good as the same; what is another one in every run aside. */
export function sameAnswer(one: HistoryCase, other: HistoryCase): boolean {
  // One of the two may have been made before that was known.
  if (one.steady === '' || other.steady === '') return true;
  return sameValue(comparedValue(one), comparedValue(other));
}

/** What a measured case is compared by. */
export const comparedValue = ({ steady, reason = '' }: HistoryCase): MeasuredValue => answerValue(steady ?? reason);

/** A measured answer, taken apart. A history has the same one over and over, and each is taken apart once. */
export function answerValue(answer: string): MeasuredValue {
  const found = known.get(answer) ?? measuredValue(answer);
  known.set(answer, found);
  return found;
}
