import type { Document } from '../../diagnosis/documents/document.ts';
import { splitAtLast } from '../../url/index.ts';
import { endpointOf, isHost, type Mention } from './endpoints.ts';

/** A key or variable of a proxy, and its value up to what ends one in any of these files. */
const SETTING = /\b(?:https?|all)[_-]?proxy\b["'“”]?\s*[=:]\s*["'“”]?([^\s"'“”,;\\]+)/gi;
/** What stands before a host, however it is misspelled. */
const SCHEME = /^(?:https?)?:?\/*(?=[^/])/i;
const NO_HOSTS = new Set(['http', 'https', 'ftp', 'socks5', 'direct', 'null', 'none', 'false', 'true']);

/**
 * The proxies that texts mention, those that systemd, TOML or a client does not read included: the proxy stands where whoever wrote
 * the file meant it, and what is wrong is how it is written.
 */
export function mentionsIn(documents: readonly Document[]): readonly Mention[] {
  return documents
    .filter(({ kind }) => kind !== 'log')
    .flatMap(({ kind, piece }) =>
      [...piece.text.matchAll(SETTING)].flatMap(
        // In a unit a percent sign is written twice (systemd.unit(5), “Specifiers”).
        ([, value = '']) => mentionOf(kind === 'unit' ? value.replaceAll('%%', '%') : value) ?? [],
      ),
    );
}

function mentionOf(value: string): Mention | undefined {
  const [, behind] = splitAtLast(value) ?? [];
  const authority = (behind ?? value.replace(SCHEME, '')).replace(/[/?#].*$/, '');
  const [, host = '', port] = /^([^:]*)(?::(.*))?$/.exec(authority) ?? [];
  if (!isHost(host) || NO_HOSTS.has(host.toLowerCase()) || /^\d+$/.test(host)) return undefined;
  return { host: host.toLowerCase(), port: endpointOf(`${host}:${asDigits(port ?? '')}`)?.port, value };
}

/** Letters that were typed for digits. */
const asDigits = (port: string): string => port.replace(/o/gi, '0').replace(/[lI]/g, '1');
