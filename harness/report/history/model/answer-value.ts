import { type MeasuredValue, measuredValue } from '../../measured/index.ts';

const known = new Map<string, MeasuredValue>();

/** A measured answer, taken apart. A history has the same one over and over, and each is taken apart once. */
export function answerValue(answer: string): MeasuredValue {
  const found = known.get(answer) ?? measuredValue(answer);
  known.set(answer, found);
  return found;
}
