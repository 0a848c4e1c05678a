export { runnerApi } from './api.ts';
export { downloadObject } from './artifact-download.ts';
export { jobReplies } from './job-replies.ts';
export { requestJob } from './job-request.ts';
export { RunnerTokens } from './runner-tokens.ts';
export type { Services } from './services.ts';
