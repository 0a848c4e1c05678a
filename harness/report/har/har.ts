import type { Entry, Har, Page } from 'har-format';
import type { Results } from '../../conformance/outcome.ts';
import { Evidence, type LedgerEvent } from '../../ledger/index.ts';
import { entryOf } from './entry.ts';

/**
 * The requests of a run as HTTP Archive 1.2: a page for each case, an entry for each request on each hop, CONNECT
 * included. An entry's `_peer` says whether the proxy or GitLab saw it. The ledger is redacted, so this is too.
 */
export function harOf(results: Results, events: readonly LedgerEvent[]): Har {
  const began = Date.parse(results.environment.startedAt);
  const pages: Page[] = [];
  const entries: Entry[] = [];
  for (const [id, own] of Map.groupBy(events, (event) => event.case)) {
    const start = own.find((event) => event.kind === 'case-start');
    // Where a case's clock is simulated, its times are what the peers saw, not when it was in the run.
    const zero = began + (start?.kind === 'case-start' ? start.startedAt : 0);
    const evidence = new Evidence(own);
    const outcome = results.outcomes.find((each) => each.id === id)?.outcome ?? 'not judged';
    pages.push({
      startedDateTime: new Date(zero).toISOString(),
      id,
      title: `${id} (${outcome})`,
      pageTimings: { onLoad: evidence.end() },
      ...(start?.kind === 'case-start' ? { comment: `${start.clock} time` } : {}),
    });
    const tls = new Set(
      evidence.of('connection').flatMap((each) => (each.tls ? [`${each.peer} ${each.connection}`] : [])),
    );
    for (const peer of ['proxy', 'gitlab'] as const) {
      for (const exchange of evidence.requests(peer)) {
        entries.push(entryOf(exchange, { page: id, zero, tls: tls.has(`${peer} ${exchange.connection}`) }));
      }
    }
  }
  entries.sort((a, b) => a.startedDateTime.localeCompare(b.startedDateTime));
  return {
    log: { version: '1.2', creator: { name: 'proxyproof', version: results.suite.version }, pages, entries },
  };
}
