export { createProgress } from './create-progress.ts';
export type { Progress, ProgressStream, RunningCase } from './progress.ts';
export { renderSummary, type SummaryOptions } from './summary.ts';
