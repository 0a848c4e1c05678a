export type { TokenAuth } from './configuration.ts';
export type { Registry } from './handle.ts';
export { type OpenRegistry, openRegistry, type RegistryOptions, type StartOptions } from './open-registry.ts';
export type { RegistrySpec } from './spec.ts';
