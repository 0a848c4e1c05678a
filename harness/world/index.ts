export { createWorld, type WorldOptions } from './create-world.ts';
export { findProgram } from './find-program.ts';
export { GITLAB_NAME, PROXY_NAME } from './names.ts';
export { type MachineIsolation, machineIsolation } from './namespace/index.ts';
export { createRunContext, type RunContext, type RunContextOptions } from './run-context.ts';
export type { WorldSpec } from './spec.ts';
export { findStrays, removeStrays, type StrayProcess, type Strays, type StraysOptions } from './strays.ts';
export { WaitError } from './wait-error.ts';
export type { World } from './world.ts';
