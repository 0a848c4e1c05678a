export type { Clock, Release } from './clock.ts';
export { realClock } from './real.ts';
export { simulatedClock } from './simulated.ts';
