import type { Failure } from '../../failures/failure.ts';
import type { Picture } from '../../picture/picture.ts';
import { failuresOfKind } from '../_log.ts';

/** Polls of one log that were cut. */
export interface CutPolls {
  readonly polls: readonly Failure[];
  /** The time between them in seconds, where it is the same each time and long; else undefined. */
  readonly every: number | undefined;
  /** Whether a poll went well after the last of them. */
  readonly recovered: boolean;
}

/** Polls that ended early, log by log. */
export function cutPolls(picture: Picture): readonly CutPolls[] {
  const groups = Map.groupBy(failuresOfKind(picture, 'poll-cut'), ({ file }) => file);
  return [...groups].map(([file, polls]) => {
    const last = polls.at(-1)?.line ?? 0;
    return {
      polls,
      every: regular(polls),
      recovered: picture.lines.some(
        (each) =>
          each.file === file && each.line > last && /Checking for jobs\.\.\. ?(?:received|nothing)/.test(each.text),
      ),
    };
  });
}

/** Long polling ends by itself after some 50 s, and the next poll comes some 3 s later. */
function regular(polls: readonly Failure[]): number | undefined {
  const times = polls.flatMap(({ time }) => (time === undefined ? [] : [time]));
  if (times.length < 3) return undefined;
  const gaps = times.slice(1).map((time, at) => (time - (times[at] ?? 0) + 86_400) % 86_400);
  const sorted = [...gaps].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const alike = gaps.filter((gap) => Math.abs(gap - middle) <= 4).length;
  return middle >= 12 && alike >= gaps.length * 0.7 ? middle : undefined;
}
