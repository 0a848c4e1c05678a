import { goNoProxy, noProxyEntries, splitEntry } from '../../../clients/go/index.ts';

/** Decides whether NO_PROXY names a target. */
export type NoProxyMatcher = (
  ...of: [...Parameters<typeof goNoProxy>, scheme: 'http' | 'https']
) => ReturnType<typeof goNoProxy>;

/** The mistake of many clients: a suffix matches anywhere, not only after a dot. */
export const greedyNoProxy: NoProxyMatcher = (noProxy, host, port) =>
  goNoProxy(noProxy, host, port) ||
  noProxyEntries(noProxy).some((entry) => host.endsWith(splitEntry(entry).host.replace(/^\*?\.?/, '')));

/** Knows nothing but whole host names. */
export const exactNoProxy: NoProxyMatcher = (noProxy, host) => noProxyEntries(noProxy).includes(host);
