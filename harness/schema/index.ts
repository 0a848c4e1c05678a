/** Checking what people declare, against schemas that follow from the types. */
export { type Misfit, misfit } from './misfit.ts';
export { oneOf } from './one-of.ts';
export type { Shape } from './shape.ts';
