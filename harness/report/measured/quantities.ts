import { type Count, countAt } from './counts.ts';

/** Seconds, bytes, per cent, or a number of things. */
export type Unit = 's' | 'bytes' | '%' | '';

/** A quantity in a sentence, such as `5 min 0 s`, `8.0 MiB`, `36 %` or `3 job requests`. */
export interface Quantity {
  /** Where it begins in the sentence, and how many characters it takes. */
  readonly at: number;
  readonly length: number;
  readonly amount: number;
  readonly unit: Unit;
  /** What is counted, in the plural. */
  readonly of?: string;
  /** What stands in its place where its value does not matter. */
  readonly blank: string;
}

/** What stands in a number's place. */
export const BLANK = '…';

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, h: 3600 };
const BYTES: Readonly<Record<string, number>> = {
  ...{ byte: 1, bytes: 1, B: 1, kB: 1e3, MB: 1e6, GB: 1e9 },
  ...{ KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 },
};

/** A number that stands alone is no part of a version, an address, a port, a name or an id. */
const ALONE = String.raw`(?<![\w.:/=–]|\w-)`;
const NUMBER = String.raw`\d+(?:\.\d+)?`;
const either = (units: object): string => Object.keys(units).join('|');

const FORMS = new RegExp(
  [
    String.raw`${ALONE}(?<minus>-?)(?<minutes>\d+) min (?<rest>\d+) s\b`,
    String.raw`${ALONE}(?<time>-?${NUMBER}) (?<timeUnit>${either(SECONDS)})\b`,
    String.raw`${ALONE}(?<size>${NUMBER}) ?(?<sizeUnit>${either(BYTES)})\b`,
    String.raw`${ALONE}(?<share>${NUMBER}) ?%(?![\dA-Fa-f]{2})`,
    String.raw`${ALONE}(?<count>\d+)(?= [a-z])`,
  ].join('|'),
  'g',
);

/**
 * The quantities in a sentence, in order. A status such as 407, a version, a port and an exit code are names, and no quantities.
 * @param sentence as judges write it: durations by `duration`, counts by `counted`
 */
export function quantitiesIn(sentence: string): readonly Quantity[] {
  return [...sentence.matchAll(FORMS)].flatMap(({ 0: { length }, index: at, groups = {} }): Quantity[] => {
    const { minus, minutes, rest, time, timeUnit = '', size, sizeUnit = '', share, count } = groups;
    const measured = (amount: number, unit: Unit): Quantity[] => [
      { at, length, amount, unit, blank: `${BLANK} ${unit}` },
    ];
    if (minutes !== undefined) return measured((minus === '-' ? -1 : 1) * (Number(minutes) * 60 + Number(rest)), 's');
    if (time !== undefined) return measured(toMilliseconds(Number(time) * (SECONDS[timeUnit] ?? 1)), 's');
    if (size !== undefined) return measured(Math.round(Number(size) * (BYTES[sizeUnit] ?? 1)), 'bytes');
    if (share !== undefined) return measured(Number(share), '%');
    const found: Count | undefined = countAt(sentence, at, count ?? '');
    if (!found) return [];
    const { of, withNoun } = found;
    return [
      { at, length: found.length, amount: found.amount, unit: '', of, blank: withNoun ? `${BLANK} ${of}` : BLANK },
    ];
  });
}

/** What a sentence has is no finer. */
const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;
