import { type Amount, type MeasuredValue, measuredValue } from './measured-value.ts';

/**
 * By how much two times may differ and still be the same: a machine that is busy answers later, and a RateLimit-ResetTime has a
 * resolution of a second. A second, or this share of the longer one.
 */
const SAME_WITHIN = { seconds: 1, share: 0.1 } as const;

/** From so many on it is chance whether some more fit into the time that was watched: `11 requests in 10.0 s`. */
const MANY_IN_A_TIME = 5;
/** By how much they may differ: of a runner that asked again after random back-offs, 15 came in one run and 17 in the next. */
const SAME_RATE_WITHIN = { count: 1, share: 0.2 } as const;

/**
 * Whether two measured answers say the same: the same words, the same counts and sizes, and times that are as good as equal.
 * @param a the sentence of a finding, or what it was taken apart into
 * @param b likewise
 */
export function sameValue(a: string | MeasuredValue, b: string | MeasuredValue): boolean {
  const [one, other] = [takenApart(a), takenApart(b)];
  return (
    one.answer === other.answer &&
    one.amounts.length === other.amounts.length &&
    one.amounts.every(
      (amount, index) =>
        sameAmount(amount, other.amounts[index]) || (isRate(one, index) && sameRate(amount, other.amounts[index])),
    )
  );
}

const takenApart = (value: string | MeasuredValue): MeasuredValue =>
  typeof value === 'string' ? measuredValue(value) : value;

/** Whether two quantities are as good as equal: times within the tolerance, all else exactly. */
export function sameAmount(a: Amount, b: Amount | undefined): boolean {
  if (!b || a.unit !== b.unit) return false;
  if (a.unit !== 's') return a.amount === b.amount;
  const longer = Math.max(Math.abs(a.amount), Math.abs(b.amount));
  return Math.abs(a.amount - b.amount) <= Math.max(SAME_WITHIN.seconds, longer * SAME_WITHIN.share);
}

/** Whether it is said of a count in how long a time. */
const isRate = ({ amounts }: MeasuredValue, index: number): boolean =>
  amounts[index]?.unit === '' && amounts[index + 1]?.unit === 's' && amounts[index + 1]?.name === 'in';

function sameRate(a: Amount, b: Amount | undefined): boolean {
  const [fewer, more] = [a.amount, b?.amount ?? 0].toSorted((one, other) => one - other) as [number, number];
  return fewer >= MANY_IN_A_TIME && more - fewer <= Math.max(SAME_RATE_WITHIN.count, more * SAME_RATE_WITHIN.share);
}
