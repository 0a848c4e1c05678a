export type { CacheAccess } from './cache/cache-storage.ts';
export { RepositoryStore } from './git/index.ts';
export type { GitlabTokens, JobStatus, MockGitlab } from './handle.ts';
export { createMockGitlab } from './mock-gitlab.ts';
export type { MockGitlabOptions } from './options.ts';
export type { Answer, BodyShape, DateFormat, Plan, PlannedFailure, PlanStep, ResetTime } from './plan.ts';
export type { RegistryAuth, RegistryLogin } from './registry/registry-tokens.ts';
export { requestKindOf } from './request-kind.ts';
export type { GitlabSpec, JobServiceSpec, JobSpec, RepositorySpec } from './spec.ts';
