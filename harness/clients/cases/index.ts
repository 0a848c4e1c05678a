import type { ClientId } from '../client.ts';
import { noProxySituations } from './no-proxy.ts';
import type { Situation } from './situation.ts';
import { variableSituations } from './variables.ts';

export { addressOf, HOSTS, PROXIES } from './names.ts';
export type { Situation } from './situation.ts';

/** Every environment of the table, with Node's switch on where nothing else is said. */
export const situations: readonly Situation[] = [...variableSituations, ...noProxySituations].map((each) => ({
  ...each,
  env: { NODE_USE_ENV_PROXY: '1', ...each.env },
}));

/**
 * Whether a client is asked. Starting a virtual machine or a daemon takes long, so those are asked where the answer may
 * differ: Java, which knows no variable, only where they are written as clearly as can be.
 */
export function isAsked(client: ClientId, { group, name }: Situation, url: string): boolean {
  const isPlain = name.endsWith(': url') || name === 'none' || name === "the page's";
  if (client.startsWith('java')) return group === 'variables' && isPlain;
  if (client !== 'dockerd') return true;
  // An image's name holds neither an IPv6 address nor a trailing dot.
  if (url.includes('[') || url.includes('./')) return false;
  return isPlain || !/^(conflict|both|all_proxy|\w+, REQUEST_METHOD): /.test(name);
}
