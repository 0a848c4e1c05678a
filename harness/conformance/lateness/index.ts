export { Lateness, type Spell } from './lateness.ts';
