export { annotations } from './annotations.ts';
export { ctrfJson } from './ctrf.ts';
export { summaryMarkdown } from './markdown.ts';
export { openMetrics } from './openmetrics.ts';
