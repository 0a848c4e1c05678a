import type { Header } from '../event.ts';
import { headerPairs } from './head.ts';

/** Headers that are about one connection, whether or not `Connection` names them (RFC 9110 section 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What says where a message ends and whom it is for: no `Connection` takes that away. */
const NEVER_DROPPED = new Set(['content-length', 'host']);

/**
 * The headers that an intermediary passes on: without those meant for one connection, which are the well-known ones and
 * whatever `Connection` names (RFC 9110 section 7.6.1).
 */
export function endToEnd(rawHeaders: readonly string[]): Header[] {
  const pairs = headerPairs(rawHeaders);
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => !NEVER_DROPPED.has(name));
  const dropped = new Set([...HOP_BY_HOP, ...named]);
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase()));
}
