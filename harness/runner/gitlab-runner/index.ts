export { type GitlabRunnerLimits, type GitlabRunnerOptions, gitlabRunnerDriver } from './driver.ts';
export { hasDockerExecutor } from './executors.ts';
