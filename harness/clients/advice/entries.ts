import { isIP } from 'node:net';

/** One entry of NO_PROXY, with what it seems to be meant for. */
export interface NoProxyEntry {
  readonly text: string;
  readonly kind: 'all' | 'network' | 'address' | 'below' | 'wildcard-below' | 'wildcard' | 'name' | 'pasted';
  /** The name or address in it, without what is around it. */
  readonly host: string;
  readonly port: number | undefined;
}

/** The entries of a value, read as its writer meant them: whatever could separate them does. */
export function entriesOf(noProxy: string): readonly NoProxyEntry[] {
  return noProxy
    .split(/[,;|\s]+/)
    .filter((text) => text !== '')
    .map(entryOf);
}

function entryOf(text: string): NoProxyEntry {
  const bare = text.replace(/^["']|["']$/g, '').replace(/^[a-z]+:\/\//i, '');
  if (/^[0-9a-f.:]+\/\d+$/i.test(bare))
    return { text, kind: 'network', host: bare.replace(/\/.*/, ''), port: undefined };
  const plain = bare.replace(/\/.*$/s, '');
  const [host, port] = hostAndPort(plain);
  if (plain !== text && `[${host}]` !== text) return { text, kind: 'pasted', host, port };
  if (host === '*') return { text, kind: 'all', host, port };
  if (isIP(host) !== 0) return { text, kind: 'address', host, port };
  if (host.startsWith('*.') && !host.slice(2).includes('*')) {
    return { text, kind: 'wildcard-below', host: host.slice(2), port };
  }
  if (host.includes('*')) return { text, kind: 'wildcard', host, port };
  return host.startsWith('.') ? { text, kind: 'below', host: host.slice(1), port } : { text, kind: 'name', host, port };
}

function hostAndPort(text: string): readonly [host: string, port: number | undefined] {
  if (isIP(text) !== 0) return [text, undefined];
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? [];
  return [bracketed ?? plain ?? text, port === undefined ? undefined : Number(port)];
}
