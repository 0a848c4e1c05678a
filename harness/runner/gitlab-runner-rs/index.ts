export { type GitlabRunnerRsOptions, gitlabRunnerRsDriver } from './driver.ts';
