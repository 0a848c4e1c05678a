import type { Cause } from '../cause.ts';
import { bridgeOverlapCause } from './bridge-overlap.ts';
import { builderWithoutProxyCause } from './builder-without-proxy.ts';
import { proxyOnlyInCliConfigCause } from './proxy-only-in-cli-config.ts';
import { serviceWithoutProxyCause } from './service-without-proxy.ts';
import { tlsPortMismatchCause } from './tls-port-mismatch.ts';

export const dindCauses: readonly Cause[] = [
  proxyOnlyInCliConfigCause,
  serviceWithoutProxyCause,
  tlsPortMismatchCause,
  builderWithoutProxyCause,
  bridgeOverlapCause,
];
