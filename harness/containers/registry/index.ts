export type { TokenAuth } from './configuration.ts';
export type { Registry } from './handle.ts';
export { type OpenRegistry, openRegistry, type RegistryOptions } from './open-registry.ts';
export type { RegistrySpec } from './spec.ts';
export type { StartOptions } from './start-behind.ts';
