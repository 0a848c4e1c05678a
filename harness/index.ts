/**
 * Proxyproof as a library.
 *
 * For a scenario of one's own, run with `proxyproof run --scenarios DIR`: {@link scenario} declares it, its `judge`
 * reads an {@link Evidence} and answers with {@link check}, {@link measured} or {@link blocked}.
 *
 * For a test of one's own: {@link startWorld} puts a mock GitLab and a recording proxy on loopback;
 * `createMockGitlab` and `createForwardProxy` give the single parts.
 *
 * To run scenarios from a program: {@link loadScenarios}, {@link expand}, {@link resolveSubject}, {@link runCases},
 * {@link writeReports}.
 *
 * @packageDocumentation
 */

// Time.
export { type Clock, type Release, realClock, simulatedClock } from './clock/index.ts';
// Scenarios and judging.
export {
  type Axis,
  type AxisValues,
  blocked,
  type Case,
  type CaseContext,
  type CaseOutcome,
  check,
  duration,
  Expectations,
  evidenceOf,
  expand,
  type Finding,
  type Judged,
  judgeCase,
  type Level,
  loadScenarios,
  measured,
  type Need,
  type Outcome,
  type ProfileName,
  type Results,
  type RunObserver,
  readExpectations,
  runCases,
  type Scenario,
  type Schedule,
  type Stage,
  scenario,
} from './conformance/index.ts';
export type { ContainerSpec, DockerSpec, Engine, ExecResult, ImageName, RunningContainer } from './containers/index.ts';
export type { Registry } from './containers/registry/handle.ts';
export type { RegistrySpec } from './containers/registry/spec.ts';
export {
  type Answer,
  createMockGitlab,
  type GitlabSpec,
  type GitlabTokens,
  type JobSpec,
  type JobStatus,
  type MockGitlab,
  type MockGitlabOptions,
  type Plan,
  type PlannedFailure,
  type PlanStep,
  type RepositorySpec,
} from './gitlab/index.ts';
// The record.
export {
  countingSink,
  type EventBody,
  type EventOf,
  Evidence,
  type Exchange,
  type FileSink,
  fileSink,
  type Header,
  headerOf,
  Ledger,
  type LedgerEvent,
  type LedgerSink,
  type RequestKind,
  Secrets,
} from './ledger/index.ts';
export type {
  Fault,
  FaultHandle,
  FaultMoment,
  FaultOf,
  FaultTarget,
  ForwardProxy,
  ForwardProxyOf,
  ProxyAuth,
  ProxyKind,
  ProxySpec,
  Strike,
} from './proxy/index.ts';
export { createForwardProxy } from './proxy/index.ts';
export { configToml, GET_SOURCES_HOOK, jobEnvironment, proxyVariables } from './recipes/index.ts';
// Reports.
export { ReportError, readLedger, readResults, resultsJsonSchema, writeReports } from './report/index.ts';

// Subjects, and the settings they are given.
export {
  type Ability,
  type CommandResult,
  type Driver,
  gitlabPythonRunnerDriver,
  gitlabRunnerDriver,
  mutantNames,
  type ReferenceOptions,
  type ResolveOptions,
  type RunnerConfig,
  type RunningSubject,
  referenceDriver,
  resolveSubject,
  type Subject,
  SubjectError,
  type SubjectHost,
  type SubjectIdentity,
  type SubjectProcess,
} from './runner/index.ts';
export { type CertificateAuthority, createCertificateAuthority } from './tls/index.ts';
// Worlds and their peers.
export {
  createRunContext,
  createWorld,
  type RunContext,
  type RunContextOptions,
  type StartWorldOptions,
  startWorld,
  WaitError,
  type World,
  type WorldOptions,
  type WorldSpec,
} from './world/index.ts';
