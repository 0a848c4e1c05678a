export { type ChangeSide, changeText } from './as-text.ts';
export { type Observed, observedIn, otherwise, plainId, unstable } from './observed.ts';
export { type Change, findChange } from './search.ts';
