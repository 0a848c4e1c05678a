export { MACHINE_NETWORK } from './network.ts';
export type { HostSpec } from './spec.ts';
export { SystemdHost } from './systemd-host.ts';
