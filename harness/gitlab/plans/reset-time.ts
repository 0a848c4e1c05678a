import type { Clock } from '../../clock/index.ts';
import type { ResetTime } from '../plan.ts';
import { formatDate, momentOf } from './date-format.ts';

/** A reset time as it goes on the wire. */
export interface SpelledResetTime {
  readonly value: string;
  /** The moment it names, in milliseconds on the case's clock; absent when it names none. */
  readonly resetAt?: number;
}

/** Spells a reset time at the moment of the answer; a relative one never names an earlier moment than was asked for. */
export function spellResetTime(resetTime: ResetTime, clock: Clock): SpelledResetTime {
  const now = clock.now();
  // What `Ledger` stamps events with is `elapsed`; the header speaks of the time of day.
  const onCaseClock = (moment: number): number => Math.round((moment - now + clock.elapsed()) * 1000) / 1000;
  if ('literal' in resetTime) {
    const moment = momentOf(resetTime.literal);
    return moment === undefined
      ? { value: resetTime.literal }
      : { value: resetTime.literal, resetAt: onCaseClock(moment) };
  }
  const moment = Math.ceil((now + resetTime.inSeconds * 1000) / 1000) * 1000;
  return { value: formatDate(moment, resetTime.format ?? 'rfc1123'), resetAt: onCaseClock(moment) };
}
