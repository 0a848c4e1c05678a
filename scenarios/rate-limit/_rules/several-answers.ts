import {
  type Answer,
  type AxisValues,
  DEFAULT_INTERVAL_LIMIT_MS,
  type Exchange,
  expectedAgain,
  headerOf,
  ONE_MINUTE_MS,
  type ProfileName,
  rateLimitRules,
  untilReset,
} from '../../../harness/kit/index.ts';

const NO_DATE: Partial<Answer> = { resetTime: { literal: 'in a little while' } };
const inSeconds = (seconds: number): Partial<Answer> => ({ resetTime: { inSeconds: seconds } });
const after = (seconds: number): Partial<Answer> => ({ retryAfter: seconds });
const UNAVAILABLE: Partial<Answer> = { status: 503 };

/** What the refusals of one call say, one after the other; never the same twice running. */
const ANSWERS: Readonly<Record<string, readonly Partial<Answer>[]>> = {
  '2': [inSeconds(2), inSeconds(6)],
  '4': [inSeconds(3), inSeconds(6), inSeconds(2), inSeconds(5)],
  mixed: [inSeconds(2), NO_DATE, inSeconds(5)],
  'then-none': [inSeconds(3), {}],
  'retry-after': [after(2), inSeconds(6), after(4), after(7)],
  statuses: [UNAVAILABLE, inSeconds(3), UNAVAILABLE, after(4)],
};
/** Their names, for an axis. */
export const SEVERAL = Object.keys(ANSWERS);

/** Whether a profile's page speaks of all that the refusals of a case say. */
export const isDescribed = ({ waits }: AxisValues, profile: ProfileName): boolean =>
  (waits !== 'retry-after' && waits !== 'statuses') || rateLimitRules(profile).describesRetryAfter;

/** The refusals of a case. */
export const refusalsOf = ({ waits = '' }: AxisValues): readonly Answer[] =>
  (ANSWERS[waits] ?? []).map((each) => ({ status: 429, body: 'empty', ...each }));

const longest = ({ status, resetTime, retryAfter }: Answer): number => {
  if (resetTime && 'inSeconds' in resetTime) return (resetTime.inSeconds + 1) * 1000;
  if (typeof retryAfter === 'number') return retryAfter * 1000;
  return status === 429 ? ONE_MINUTE_MS : DEFAULT_INTERVAL_LIMIT_MS;
};

/** How long a right subject may wait in all, in milliseconds. */
export const allWaits = (axes: AxisValues): number => refusalsOf(axes).reduce((all, each) => all + longest(each), 0);

/** When the request that was refused must come again. */
export function windowOf(refused: Exchange, profile: ProfileName): { from: number; to: number; why: string } {
  const { onInvalid, onAbsent } = rateLimitRules(profile);
  const { resetAt, resetTime } = refused.planned ?? {};
  if (resetAt !== undefined) return untilReset(refused);
  const said = headerOf(refused.responseHeaders ?? [], 'Retry-After');
  const reaction = resetTime === undefined && onAbsent.do !== 'report' ? onAbsent : onInvalid;
  return expectedAgain(refused, reaction, said === undefined ? undefined : Number(said));
}
