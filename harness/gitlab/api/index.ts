export { runnerApi } from './api.ts';
export { downloadObject } from './artifact-download.ts';
export { credentialsOf } from './basic-credentials.ts';
export { jobReplies } from './job-replies.ts';
export { requestJob } from './job-request.ts';
export { refuse, replyJson, replyText } from './replies.ts';
export { RunnerTokens } from './runner-tokens.ts';
export { sendStored } from './send-stored.ts';
export type { Services } from './services.ts';
