/**
 * Proxyproof as a library.
 *
 * To write a scenario, run with `proxyproof run --scenarios DIR`: {@link scenario} declares it; its `judge`
 * reads an {@link Evidence} and returns {@link check}, {@link measured} or {@link blocked}. The kit has everything that
 * scenarios use. It is exported here, and by `proxyproof/kit` without the servers, which loads faster.
 *
 * To write a test: {@link startWorld} starts a mock GitLab and a recording proxy on loopback;
 * `createMockGitlab` and `createForwardProxy` start one of them.
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
  type Case,
  type CaseOutcome,
  Expectations,
  expand,
  type Judged,
  judgeCase,
  loadScenarios,
  type Outcome,
  type Results,
  type RunObserver,
  readExpectations,
  runCases,
  type Schedule,
} from './conformance/index.ts';
export type { DockerSpec, Engine, ImageName } from './containers/index.ts';
export type { Registry } from './containers/registry/handle.ts';
export type { RegistrySpec } from './containers/registry/spec.ts';
export {
  createMockGitlab,
  type GitlabTokens,
  type JobStatus,
  type MockGitlab,
  type MockGitlabOptions,
  type PlannedFailure,
} from './gitlab/index.ts';
// What scenarios are made of.
export * from './kit/index.ts';
// The record.
export {
  countingSink,
  type EventBody,
  Evidence,
  type FileSink,
  fileSink,
  Ledger,
  type LedgerEvent,
  type LedgerSink,
  Secrets,
} from './ledger/index.ts';
export type {
  FaultHandle,
  FaultMoment,
  FaultOf,
  FaultTarget,
  ForwardProxy,
  ForwardProxyOf,
  ProxyKind,
  Strike,
} from './proxy/index.ts';
export { createForwardProxy } from './proxy/index.ts';
export { configToml } from './recipes/index.ts';
// Reports.
export { ReportError, readLedger, readResults, resultsJsonSchema, writeReports } from './report/index.ts';

// Subjects, and the settings they are given.
export {
  type CommandResult,
  type Driver,
  gitlabPythonRunnerDriver,
  gitlabRunnerDriver,
  mutantNames,
  type ReferenceOptions,
  type ResolveOptions,
  type RunningSubject,
  referenceDriver,
  resolveSubject,
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
  type WorldOptions,
} from './world/index.ts';
