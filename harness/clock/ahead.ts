import type { Clock } from './clock.ts';

/**
 * A clock that shows a different time of day and otherwise runs like the given one.
 * @param ms how much later it says that it is, in milliseconds; negative for earlier
 */
export const aheadBy = (clock: Clock, ms: number): Clock => ({ ...clock, now: () => clock.now() + ms });
