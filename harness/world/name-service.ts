import { isIPv4 } from 'node:net';
import type { Ledger } from '../ledger/index.ts';
import type { WorldNames } from './known-as.ts';
import { lookupOfProxies } from './names.ts';
import type { WorldSpec } from './spec.ts';

/** What the subject of a world is told of names. */
export interface NameService {
  /** Whether a namespace asks a server of names, so that lookups are seen, rather than read a file. */
  readonly asked: boolean;
  /** The address of a name, or undefined where nobody knows it. */
  readonly resolve: (host: string) => string | undefined;
}

/** The names of a world, by its declaration; lookups are recorded where it has `names`. */
export function nameService({ names }: Pick<WorldSpec, 'names'>, known: WorldNames, ledger: Ledger): NameService {
  if (names !== 'proxies') return { asked: false, resolve: known.lookup };
  return {
    asked: true,
    resolve: (host) => {
      const address = lookupOfProxies(host);
      if (isIPv4(host)) return address;
      ledger.record('subject', { kind: 'lookup', name: host, ...(address === undefined ? {} : { address }) });
      return address;
    },
  };
}
