export { buildModel } from './model/build-model.ts';
export { parseQuery } from './query/parse-query.ts';
export { QueryError } from './query/query-error.ts';
export { changeWords, profileWords, runWords, subjectWords } from './site/site-words.ts';
export { writeSite } from './site/write-site.ts';
export { addRun } from './store/add-run.ts';
export type { HistoryRun } from './store/history-run.ts';
export { readHistory } from './store/read-history.ts';
