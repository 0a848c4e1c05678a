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
