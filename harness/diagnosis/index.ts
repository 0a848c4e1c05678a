export { type CntlmSurroundings, checkCntlmConf } from './cntlm-conf/check.ts';
export { checkConfigToml } from './config-toml/check.ts';
export { checkDockerConfig, checkDockerConfigScript } from './docker-config/check.ts';
export type { Remark } from './remark.ts';
export { checkDropIn } from './systemd/check.ts';
export { checkLoaded, type LoadedService } from './systemd/loaded.ts';
