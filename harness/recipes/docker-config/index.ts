export { echoed } from './echoed.ts';
export { type DockerProxies, dockerConfigFile } from './host-file.ts';
export {
  DOCKER_CONFIG_BEFORE_SCRIPT,
  DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  SAFE_DOCKER_CONFIG_SCRIPT,
} from './in-container.ts';
export { readDockerConfig, type Unreadable } from './read.ts';
export { dockerConfigScriptFlaw } from './script-flaw.ts';
