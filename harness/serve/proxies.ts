import type { ForwardProxy } from '../proxy/index.ts';
import type { FaultView } from './protocol.ts';

/** The proxies of a lab, by the names that its API has for them. */
export type LabProxies = ReadonlyMap<FaultView['proxy'], ForwardProxy>;

/** @throws RangeError when the lab has none of that name */
export function proxyIn(proxies: LabProxies, name: FaultView['proxy']): ForwardProxy {
  const found = proxies.get(name);
  if (!found) throw new RangeError(`This lab has no ${name === 'proxy' ? 'proxy' : 'second proxy'}.`);
  return found;
}
