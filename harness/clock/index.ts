export { aheadBy } from './ahead.ts';
export type { Clock, Release, UntilOptions, WithinOptions, Work } from './clock.ts';
export { LimitError } from './limit-error.ts';
export { machineClock, realClock } from './real.ts';
export { simulatedClock } from './simulated.ts';
