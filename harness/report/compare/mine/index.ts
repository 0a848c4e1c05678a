export { concernsOf } from './concerns.ts';
export { setUpOf } from './from-diagnosis.ts';
export { readSetUp, type SetUp, setUpWords } from './set-up.ts';
