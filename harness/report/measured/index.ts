export { type Amount, type MeasuredValue, measuredValue } from './measured-value.ts';
export type { Unit } from './quantities.ts';
export { ranged } from './ranged.ts';
export { sameAmount, sameValue } from './same-value.ts';
