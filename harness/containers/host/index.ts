export type { HostSpec } from './spec.ts';
export { SystemdHost } from './systemd-host.ts';
