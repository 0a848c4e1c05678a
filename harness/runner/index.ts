export type { ResolveOptions } from './definition.ts';
export { type DownloadServer, OFFICIAL_DOWNLOADS } from './download/server.ts';
export {
  type GitlabPythonRunnerOptions,
  gitlabPythonRunnerDriver,
} from './gitlab-python-runner/index.ts';
export { type GitlabRunnerLimits, type GitlabRunnerOptions, gitlabRunnerDriver } from './gitlab-runner/index.ts';
export { namesProgram, runnerChoices, type SubjectKind, subjectKinds } from './kinds.ts';
export {
  findMutant,
  type Mutant,
  mutantNames,
  mutants,
  type ReferenceOptions,
  referenceDriver,
} from './reference/index.ts';
export { resolveSubject, SubjectError } from './resolve/index.ts';
export type {
  Ability,
  CommandResult,
  Driver,
  RunnerConfig,
  RunningSubject,
  Subject,
  SubjectHost,
  SubjectIdentity,
  SubjectProcess,
} from './subject.ts';
