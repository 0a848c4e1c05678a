export type { ListenAddress } from './holder.ts';
export { compileHolder } from './holder-program.ts';
export { type MachineIsolation, machineIsolation } from './isolation.ts';
export { type CommandLine, Namespace, type NamespaceOptions } from './namespace.ts';
export type { View } from './view.ts';
