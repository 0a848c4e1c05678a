export { type ConfigToml, type ConfigTomlRunner, configToml } from './config-toml.ts';
export { GET_SOURCES_HOOK, type GetSourcesHookName } from './get-sources-hook.ts';
export { jobEnvironment } from './job-environment.ts';
export { type ProxyVariables, proxyVariables, type VariableCase } from './proxy-variables.ts';
