import type { Evidence, Exchange } from '../../ledger/index.ts';

/** Hosts that the proxy is there for. */
const ORIGINS = /^(gitlab|registry)\.test(:|$)/;

/** Host and port that a proxy was asked for. */
export const askedFor = ({ method, target }: Exchange): string =>
  method === 'CONNECT' ? target : (/^[a-z]+:\/\/([^/?#]*)/i.exec(target)?.[1] ?? target);

/** Requests to the proxy for the daemon, which nobody reaches that way. */
export const daemonCallsAtProxy = (evidence: Evidence): readonly Exchange[] =>
  evidence.proxy().filter((each) => !ORIGINS.test(askedFor(each)));
