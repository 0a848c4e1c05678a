export { createWorld, type WorldOptions } from './create-world.ts';
export { GITLAB_NAME, PROXY_NAME } from './names.ts';
export { type MachineIsolation, machineIsolation } from './namespace/index.ts';
export { createRunContext, defaultCacheDirectory, type RunContext, type RunContextOptions } from './run-context.ts';
export type { WorldSpec } from './spec.ts';
export { type StartWorldOptions, startWorld } from './start-world.ts';
export { findStrays, removeStrays, type Strays, type StraysOptions } from './strays.ts';
export { WaitError } from './wait-error.ts';
export type { World } from './world.ts';
