import type { LedgerEvent } from '../../../ledger/index.ts';
import { splitUrl } from '../../../url/index.ts';

/** How a host was reached in a trial, in a few words, and whether it went well. */
export interface SeenWay {
  readonly words: string;
  readonly works: boolean;
}

/**
 * How every host that was asked for in a trial was reached, what went wrong first. Of each program the last way counts: one that is asked
 * for a password first has not failed for that.
 */
export function waysOf(events: readonly LedgerEvent[]): ReadonlyMap<string, readonly SeenWay[]> {
  const last = new Map<string, { readonly host: string; readonly way: SeenWay }>();
  const asked = new Map<string, { readonly host: string; readonly who: string }>();
  const note = (host: string, who: string, words: string, works: boolean): void =>
    void last.set(`${host} ${who}`, { host, way: { words, works } });
  for (const event of events) {
    if (event.kind === 'tripwire') note(hostOf(event.to), 'tripwire', 'directly: nobody answers there', false);
    if (event.kind === 'request') {
      const who = headerOf(event.headers, 'user-agent').split('/')[0] ?? '';
      const host = hostOf(event.peer === 'proxy' ? event.target : headerOf(event.headers, 'host'));
      if (event.peer === 'proxy') asked.set(event.exchange, { host, who });
      else if (event.via === 'direct') note(host, `${who} directly`, 'directly', true);
    }
    const to = event.kind === 'response' && event.peer === 'proxy' ? asked.get(event.exchange) : undefined;
    if (event.kind !== 'response' || !to) continue;
    const refuses = event.madeBy !== 'origin' && event.status >= 400;
    note(to.host, to.who, refuses ? `by the proxy, which answers ${event.status}` : 'by the proxy', !refuses);
  }
  return new Map(
    [...Map.groupBy(last.values(), ({ host }) => host)].map(([host, found]) => [
      host,
      [...new Map(found.map(({ way }) => [way.words, way])).values()].toSorted(
        (one, other) => Number(one.works) - Number(other.works),
      ),
    ]),
  );
}

const hostOf = (target: string): string => splitUrl(target).host || target;

const headerOf = (headers: readonly (readonly [string, string])[], name: string): string =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
