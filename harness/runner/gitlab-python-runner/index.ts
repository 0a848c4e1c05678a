export { type GitlabPythonRunnerOptions, gitlabPythonRunnerDriver } from './driver.ts';
