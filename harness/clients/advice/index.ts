export { type Advice, advise, type ClientAnswer, type SuggestedValue } from './advise.ts';
export { listed } from './listed.ts';
