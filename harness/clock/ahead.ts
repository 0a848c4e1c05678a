import type { Clock } from './clock.ts';

/**
 * The clock of somebody whose time of day is another, and for whom time passes likewise.
 * @param ms how much later it says that it is, in milliseconds; negative for earlier
 */
export const aheadBy = (clock: Clock, ms: number): Clock => ({ ...clock, now: () => clock.now() + ms });
