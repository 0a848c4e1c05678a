export { type Advice, type Answer, advise, type SuggestedValue } from './advise.ts';
export { listed } from './listed.ts';
