import { bracketed } from '../../url/index.ts';
import type { Client } from '../models/index.ts';
import { parseTarget, type Target } from '../target.ts';
import { entriesOf, type NoProxyEntry } from './entries.ts';
import { ANY_PROXY, environment, proxied } from './ways.ts';

/** A value of NO_PROXY that does what was meant. */
export interface Suggestion {
  readonly value: string;
  /** Clients for which no spelling is known. */
  readonly except: readonly Client[];
}

/** More entries than these make no value better. */
const MOST_ENTRIES = 3;

/**
 * The shortest value with which every client goes direct to a URL: by the domain, where the value at hand means a whole
 * domain, else by the host.
 * @param noProxy the value at hand
 */
export function suggest(url: string, noProxy: string): Suggestion {
  const target = parseTarget(url);
  const pool = [...domains(target, entriesOf(noProxy)), ...spellings(target)];
  let best: Suggestion | undefined;
  for (const entries of combinations(pool)) {
    const value = entries.join(',');
    const except = proxied(environment(ANY_PROXY, value), url);
    if (!best || except.length < best.except.length) best = { value, except };
    if (except.length === 0) break;
  }
  return best ?? { value: target.host, except: [] };
}

/** One value for several URLs. */
export function suggestForAll(urls: readonly string[], noProxy: string): Suggestion {
  const entries = new Set(urls.flatMap((url) => suggest(url, noProxy).value.split(',')));
  const value = [...entries].join(',');
  const env = environment(ANY_PROXY, value);
  return { value, except: [...new Set(urls.flatMap((url) => proxied(env, url)))] };
}

/** A domain that the value names, with and without its dot, where the host is in it. */
function domains({ host }: Target, entries: readonly NoProxyEntry[]): string[] {
  const name = host.replace(/\.$/, '').toLowerCase();
  return entries
    .filter(({ kind }) => kind === 'below' || kind === 'wildcard-below' || kind === 'name')
    .map((entry) => entry.host.replace(/\.$/, '').toLowerCase())
    .filter((domain) => domain !== name && name.endsWith(`.${domain}`))
    .flatMap((domain) => [`.${domain}`]);
}

function spellings({ host }: Target): string[] {
  const name = host.toLowerCase();
  if (host.includes(':')) return [name, bracketed(name)];
  return name.endsWith('.') ? [name.slice(0, -1), name] : [name];
}

function* combinations(pool: readonly string[]): Generator<readonly string[]> {
  let level: (readonly number[])[] = pool.map((_, index) => [index]);
  for (let size = 1; size <= Math.min(MOST_ENTRIES, pool.length); size++) {
    for (const each of level) yield each.flatMap((index) => pool[index] ?? []);
    level = level.flatMap((each) =>
      pool.flatMap((_, index) => (index > (each.at(-1) ?? -1) ? [[...each, index]] : [])),
    );
  }
}
