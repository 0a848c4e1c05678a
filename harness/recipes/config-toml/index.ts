export type { CacheSection } from './cache.ts';
export type { DockerSection, ServiceSection } from './docker.ts';
export { readConfigToml, type UnreadableToml } from './read.ts';
export { type ConfigToml, type ConfigTomlRunner, configToml } from './write.ts';
