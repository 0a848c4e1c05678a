export { createForwardProxy, type ForwardProxyOptions } from './create-forward-proxy.ts';
export type { Resolve } from './dialer.ts';
export type { FaultHandle, ForwardProxy, Kerberos } from './handle.ts';
export type { Fault, FaultMoment, FaultTarget, ProxyAuth, ProxyKind, ProxySpec } from './spec.ts';
export { createTripwire, type Tripwire } from './tripwire/tripwire.ts';
