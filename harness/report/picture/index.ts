export { type Layout, layoutOf } from './layout.ts';
export { cut, escapeHtml } from './markup.ts';
export { moment, phrase, resetTimes, seconds } from './phrase.ts';
export { storyOf } from './rows.ts';
export { waitSentences } from './waits.ts';
