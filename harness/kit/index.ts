/**
 * What scenarios are made of, ours and a team's: declaring one, configuring a runner, having it poll, run jobs and make
 * requests, and judging what a ledger shows of that. A scenario imports this and nothing deeper.
 *
 * Every scenario is loaded for `list` and `show`, so nothing here may start a peer or cost time as it is loaded.
 *
 * @packageDocumentation
 */

// What people write for a proxy, and what it is about.
export { CLIENT_IDS, type ClientId, cells, clientOf, noProxyStatements, variableStatements } from '../clients/index.ts';
// Declaring a scenario, and judging.
export * from '../conformance/authoring.ts';
// The words of a world's declaration, and of what is at hand in it.
export type { ContainerSpec, ExecResult, RunningContainer } from '../containers/handle.ts';
export { SystemdHost } from '../containers/host/index.ts';
export { listeningAddresses, machineOf, parentsOf, serviceEnvironment } from '../diagnosis/host/collection.ts';
export { PAGE_HEADINGS, PAGE_STEPS, type PageStep } from '../diagnosis/host/page.ts';
export { CNTLM_PORT, PAGE_PATHS } from '../diagnosis/host/paths.ts';
export { askedFor, daemonCallsAtProxy } from '../diagnosis/push/daemon-calls.ts';
export type { Answer, DateFormat, Plan, PlanStep, ResetTime } from '../gitlab/plan.ts';
export type { TooKind } from '../gitlab/registry/too-kind.ts';
export type { GitlabSpec, JobSpec, RepositorySpec } from '../gitlab/spec.ts';
export {
  type EventOf,
  type Evidence,
  type Exchange,
  type Header,
  headerOf,
  type RequestKind,
} from '../ledger/index.ts';
export { type ByProfile, under } from '../profile/index.ts';
export type { Fault } from '../proxy/index.ts';
export type { ProxyAuth, ProxySpec } from '../proxy/spec.ts';
export {
  type CntlmConf,
  cntlmConf,
  DIND_NO_PROXY,
  DOCKER_CONFIG_BEFORE_SCRIPT,
  DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  type DockerProxies,
  dockerConfigFile,
  dockerConfigScriptFlaw,
  dropIn,
  echoed,
  GET_SOURCES_HOOK,
  jobEnvironment,
  passNtlmv2,
  proxyVariables,
  readDockerConfig,
  readShown,
  showEnvironment,
} from '../recipes/index.ts';
export type { Ability, DockerExecutorConfig, RunnerConfig, ServiceConfig, Subject } from '../runner/subject.ts';
export { originForm, withUserinfo } from '../url/index.ts';
export type { WorldSpec } from '../world/spec.ts';
export type { World } from '../world/world.ts';
export { exceptSquidTunnel, isTls, proxyAxis, proxyNeeds, proxyOf, schemeAxis } from './axes.ts';
// Certificates that are wrong.
export { CERTIFICATE_SAYS, certificateAxis, certificateOf } from './certificates.ts';
// Every client of the NO_PROXY table, and single ones.
export { listClients, tableFindings } from './clients/findings.ts';
export { clientAbilities, clientsConfig, clientsEnd } from './clients/run.ts';
export { clientsUnfinished, tableJob, tableOf } from './clients/table.ts';
export { type ClientTry, clientTries, tryClient } from './clients/try.ts';
// cntlm, and its parent proxies.
export {
  behindCntlm,
  CNTLM_ACCOUNT,
  cntlmAddress,
  cntlmUrl,
  PUBLIC_PATH,
  pageCntlmConf,
  startCntlm,
} from './cntlm/cntlm.ts';
export { hiddenBridge } from './cntlm/hidden-bridge.ts';
export { inKerberosRealm } from './cntlm/kerberos.ts';
export { startLocalSquid } from './cntlm/local-squid.ts';
export { everyRequestIsLoggedIn, parentLogins, passedParent } from './cntlm/parent.ts';
export { nothingInClear, parentRefuses, probeParent } from './cntlm/parent-probe.ts';
export {
  configJsonIsRight,
  configJsonReachesContainers,
  configJsonWarning,
  shownConfigJson,
} from './config-json/findings.ts';
export { configJsonWorld, DOCKER_CONFIG_FILE, runWithDockerSocket, showConfigJson } from './config-json/run.ts';
export { asWritten, credentialsAxis, credentialsOf } from './credentials/credentials.ts';
export { passwordSearch, type SearchedContainer, searchForPassword } from './credentials/search.ts';
// Docker: the executor, dind, config.json, pushes.
export {
  type DindJob,
  dindAbilities,
  dindAxis,
  dindEnvironment,
  dindPort,
  dindWorld,
  runWithDind,
} from './docker/dind.ts';
export { dockerConfig, dockerNeeds } from './docker/executor.ts';
export { type JobContainerRole, jobContainers } from './docker/job-containers.ts';
export { isPulledThroughProxy } from './docker/pulled.ts';
export { trustVolumes } from './docker/trust-volumes.ts';
// A whole host, by the page.
export { HOST_ABILITIES, type HostAbility, isDue, MADE_POSSIBLE_BY, type Sight, sights } from './host/abilities.ts';
export { diagnoseHost, namesCause } from './host/diagnosis.ts';
export {
  type HostConfigOptions,
  hostConfigFile,
  hostEnvironment,
  laterDropIn,
  REGISTRY_CERTIFICATES,
} from './host/files.ts';
export { hostCloneJob, runHostJob } from './host/jobs.ts';
export { LIMITED_MARK, WALK_MOMENTS, type WalkMoment } from './host/moments.ts';
export { HOST_TOOLS } from './host/names.ts';
export { type PageChanges, type PreparedHost, prepareHost } from './host/prepared.ts';
export type { HostProbe } from './host/probes.ts';
export { siteNeeds, siteWorld } from './host/site.ts';
export { type StepPlan, stepDone } from './host/steps.ts';
export { tryHost } from './host/trial.ts';
export { walkPage } from './host/walk.ts';
// A proxy that opens TLS.
export {
  chainAxis,
  interceptionDiffers,
  interceptorAxis,
  interceptorNeeds,
  interceptorOf,
} from './interceptor/axes.ts';
export {
  type CaPlace,
  caAbilities,
  caAxis,
  caPlaceOf,
  interceptorCa,
  interceptorFile,
  type PlacedCa,
  placeCa,
  withoutCa,
} from './interceptor/ca.ts';
export { openedRequests, tunnelsAre, tunnelsAreOpened, withTlsCause } from './interceptor/findings.ts';
export { nobodyRejects } from './interceptor/nobody-rejects.ts';
export { endsAs } from './job/ends-as.ts';
export { type Files, filesIn, makeFiles, otherFiles, saidFiles, sayFiles } from './job/files.ts';
export { gateAt, type JobGate } from './job/gate.ts';
export { outOfOrder } from './job/in-order.ts';
export { jobEnd } from './job/job-end.ts';
export { traceLines } from './job/trace.ts';
export { answersWith, failJobProxy, isDuring, jobOutageMet } from './job-outage.ts';
export { isAfter, pollsAfter } from './order.ts';
export { nothingArrives, OUTAGE, type Outage, outageOf, POLL_TOLERANCE_MS, resumes } from './outage.ts';
export { dindProbes, dindRefuses } from './push/dind-probes.ts';
export { isPulled, isPushed, pushNeedsLogin, registryWrites } from './push/findings.ts';
export { daemonCallsGoStraight, dockerVersions, pushCause, pushJobSucceeds } from './push/job.ts';
export {
  afterRegistryProbe,
  probeRegistry,
  projectIsRefused,
  projectProbe,
  REGISTRY_PROBED,
  registryRefuses,
} from './push/registry-probes.ts';
export {
  buildContext,
  dockerBuild,
  dockerPush,
  LAYER_SIZES,
  PUSH_SAYS,
  PUSHED_TAGS,
  pushAndPull,
  pushBuildkit,
  registryLogin,
  reportedPush,
  showDockerVersions,
} from './push/script.ts';
// Rate limits.
export { asBlocked, callOf, isSameRequest, limitedRequest, retryOf, triesOf } from './rate-limit/limited-request.ts';
export { type LimitedScenario, limitedScenario } from './rate-limit/limited-scenario.ts';
export {
  DEFAULT_INTERVAL_LIMIT_MS,
  ONE_MINUTE_MS,
  RESET_RESOLUTION_MS,
  RESET_TOLERANCE_MS,
  ROUNDING_MS,
} from './rate-limit/limits.ts';
export { NAMES_LIMIT } from './rate-limit/names-limit.ts';
export { answeredAgain, firstAnswered } from './rate-limit/observe.ts';
export { expectedAgain, expectedWait, givingUp, rateLimitRules } from './rate-limit/page.ts';
export { isShown, reportedLine, reportsError } from './rate-limit/reports.ts';
export {
  allLimitAxes,
  answerShape,
  gitlabForRequest,
  isUsualShape,
  type LimitedKind,
  limitAxes,
  limitedRequestAxis,
  limitedRequestOf,
  makeLimitedRequest,
  NO_SECOND_POLL_SECONDS,
  RETRY_AFTER_SECONDS,
  repeatsByItself,
  saysItInTheTrace,
} from './rate-limit/requests.ts';
export type { LimitRule } from './rate-limit/rule.ts';
export { jobOfSize, leastBytes, sizeAxis, sizesOf } from './rate-limit/sizes.ts';
export { usesAnswer } from './rate-limit/uses-answer.ts';
export { limitIsVisible, warnsOfLimit } from './rate-limit/visible.ts';
export { afterWait, comesAgain, comesAgainByAClock, untilReset } from './rate-limit/window.ts';
export { issueRequest, makeRequest } from './requests/make.ts';
export {
  ARTIFACT_ARRIVED,
  isOfJob,
  JOB_RAN,
  type OwnRequest,
  ownRequestAxis,
  ownRequestOf,
  type RunnerRequest,
  requestAbilities,
  requestJobs,
  shortJob,
} from './requests/requests.ts';
// Running a subject.
export { behindProxy } from './running/behind-proxy.ts';
export { configFor } from './running/config.ts';
export { bypassed, jobsEnd } from './running/jobs-end.ts';
export { JOB_LIMIT_MS, POLL_INTERVAL_MS, POLL_INTERVAL_SECONDS, START_LIMIT_MS } from './running/limits.ts';
export { gitlabOrigin, whileCommand, whilePolling } from './running/while.ts';
// git.
export { clonesThroughProxy } from './sources/clones.ts';
export {
  CLONE_IN_DOCKER_MUTANTS,
  CLONE_MUTANTS,
  executorAxis,
  GIT_PROJECT,
  type GitWorldContent,
  gitAbilities,
  gitConfig,
  gitNeeds,
  gitWorld,
  isInDocker,
  pageSources,
  plainInDocker,
  runGitJobs,
} from './sources/sources.ts';
// What a ledger shows of it.
export { isSuccess } from './through-proxy/exchange.ts';
export { jobTaken } from './through-proxy/job-taken.ts';
export { nothingDirect } from './through-proxy/nothing-direct.ts';
export type { Origin } from './through-proxy/origins.ts';
export { throughProxy } from './through-proxy/through-proxy.ts';
