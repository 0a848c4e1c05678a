import { headerOf } from '../../ledger/index.ts';
import { clientOf, type Rule } from './rule.ts';

/**
 * A client that the proxy asks for credentials twice, and that has none. The first question is no fault: many clients send none
 * before they are asked (RFC 9110 section 11.7.1).
 */
export function noCredentials(): Rule {
  const asked = new Set<string>();
  return (event, { requestOf }) => {
    if (event.kind !== 'response' || event.peer !== 'proxy') return undefined;
    const request = requestOf(event);
    if (!request) return undefined;
    const key = `${headerOf(request.headers, 'User-Agent')} ${request.target}`;
    if (event.status !== 407 || headerOf(request.headers, 'Proxy-Authorization') !== undefined) {
      asked.delete(key);
      return undefined;
    }
    if (!asked.has(key)) {
      asked.add(key);
      return undefined;
    }
    return {
      rule: 'no-credentials',
      says: `${clientOf(request.headers)} has no credentials for the proxy: it was asked again, and sent none.`,
      advice: 'Its proxy URL names no user and password: take the one that the lab prints.',
      seq: event.seq,
    };
  };
}
