export { createProgress, type Progress, type ProgressStream, type RunningCase } from './progress.ts';
export { renderSummary, type SummaryOptions } from './summary.ts';
