export { Job } from './job.ts';
export { jobDocument } from './job-document.ts';
export { type JobReplies, Jobs } from './jobs.ts';
export { TRACE_LIMIT } from './trace.ts';
