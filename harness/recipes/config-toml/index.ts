export type { CacheSection } from './cache.ts';
export type { DockerSection, ServiceSection } from './docker.ts';
export { readConfigToml, type UnreadableToml } from './read.ts';
export type { TomlText } from './scan.ts';
export {
  type TomlHeader,
  type TomlStatement,
  type TomlStatements,
  type TomlValue,
  tomlStatements,
} from './statements.ts';
export { type ConfigToml, type ConfigTomlRunner, configToml } from './write.ts';
