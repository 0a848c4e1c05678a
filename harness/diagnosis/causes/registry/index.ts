import type { Cause } from '../cause.ts';
import { mirrorRedirectsElsewhereCause } from './mirror-redirects-elsewhere.ts';
import { mirrorThroughProxyCause } from './mirror-through-proxy.ts';
import { mirrorWithoutSchemeCause } from './mirror-without-scheme.ts';

export const registryCauses: readonly Cause[] = [
  mirrorWithoutSchemeCause,
  mirrorThroughProxyCause,
  mirrorRedirectsElsewhereCause,
];
