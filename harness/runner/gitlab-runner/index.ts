export { type GitlabRunnerLimits, type GitlabRunnerOptions, gitlabRunnerDriver } from './driver.ts';
export { hasDockerExecutor } from './executors.ts';
export { isDrivable, OLDEST_VERSION } from './version.ts';
