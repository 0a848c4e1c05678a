import type { ProxyPolicy } from '../policies/proxy-policy.ts';
import type { Mutant } from './mutant.ts';

/** A fault in the use of a proxy. */
export const proxyFault = (
  name: string,
  says: string,
  change: (honest: ProxyPolicy) => Partial<ProxyPolicy>,
): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, proxy: { ...honest.proxy, ...change(honest.proxy) } }),
});
