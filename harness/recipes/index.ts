export {
  type CntlmAccount,
  type CntlmConf,
  type CntlmSetting,
  cntlmConf,
  type IgnoredLine,
  passNtlmv2,
  readCntlmConf,
} from './cntlm-conf/index.ts';
export {
  type CacheSection,
  type ConfigToml,
  type ConfigTomlRunner,
  configToml,
  type DockerSection,
  readConfigToml,
  type ServiceSection,
  type TomlStatement,
  type TomlText,
  type TomlValue,
  tomlStatements,
} from './config-toml/index.ts';
export { DIND_NO_PROXY } from './dind-no-proxy.ts';
export {
  DOCKER_CONFIG_BEFORE_SCRIPT,
  DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  type DockerProxies,
  dockerConfigFile,
  dockerConfigScriptFlaw,
  echoed,
  readDockerConfig,
  SAFE_DOCKER_CONFIG_SCRIPT,
} from './docker-config/index.ts';
export { GET_SOURCES_HOOK } from './get-sources-hook.ts';
export { jobEnvironment } from './job-environment.ts';
export { type ProxyVariables, proxyVariables, type VariableCase } from './proxy-variables.ts';
export {
  dropIn,
  dropInPath,
  type ProxiedService,
  readEnvironment,
  readShown,
  showEnvironment,
} from './systemd/index.ts';
