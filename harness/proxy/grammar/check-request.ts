import type { Header } from '../../ledger/index.ts';
import { declaredBody } from './declared-body.ts';
import { LIMITS } from './limits.ts';
import { MalformedMessage } from './malformed.ts';
import { isNamed, parseHost, parseTarget } from './target.ts';
import { valuesOf } from './values-of.ts';

/** The head of a request whose lines are what they should be. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  /** `1.0` or `1.1`. */
  readonly version: string;
  readonly headers: readonly Header[];
}

/** A request that can be read in one way only. */
export interface SoundRequest {
  /** What `Host` must say where it goes on, if it does not say so: the target's own host (RFC 9112 section 3.2.2). */
  readonly host?: string;
  /** What is odd of it and does no harm, to be recorded, as half a sentence. */
  readonly odd?: string;
  /** What breaks a rule and can be read in one way all the same, to be recorded as a fault of the client's, as half a sentence. */
  readonly wrong?: string;
}

/**
 * Checks that a request to a proxy can be read in one way only: where it goes, and where it ends (RFC 9112 sections 3
 * and 6).
 * @throws MalformedMessage when it must be refused
 */
export function checkRequest({ method, target, version, headers }: RequestHead): SoundRequest {
  if (version !== '1.0' && version !== '1.1') throw new MalformedMessage(`it says HTTP/${version}, which is no HTTP/1`);
  if (headers.length > LIMITS.fields) throw new MalformedMessage(`it has more than ${LIMITS.fields} fields`, 431);
  const body = declaredBody(headers, version);
  const goes = parseTarget(method, target);
  if (valuesOf(headers, 'connection').some(namesWhatMustStay))
    throw new MalformedMessage('its Connection names a field that is not its own');
  const hosts = valuesOf(headers, 'host');
  if (hosts.length > 1) throw new MalformedMessage('it has more than one Host');
  if (method === 'CONNECT') {
    if (body !== undefined && body !== 0) throw new MalformedMessage('a CONNECT has a body');
    // Clients leave Host out of it, or the port. Nothing is read by it, but another host is wrong (RFC 9110 section 7.2).
    const [host] = hosts;
    if (!goes || host === undefined || isNamed(goes, host)) return SOUND;
    return { wrong: `its Host is ${host || 'empty'}, and its target is ${target}` };
  }
  const [host] = hosts;
  if (host === undefined && version === '1.1') throw new MalformedMessage('it has no Host');
  const usual = /^https:/i.test(target) ? 443 : 80;
  const named = host === undefined ? undefined : parseHost(host, usual);
  if (!goes || (named?.host === goes.host && named.port === goes.port)) return SOUND;
  const right = goes.port === usual ? goes.host : `${goes.host}:${goes.port}`;
  if (host === undefined) return { host: right };
  return { host: right, odd: `its Host is ${host || 'empty'}, and its target leads to ${right}` };
}

const SOUND: SoundRequest = {};

/** RFC 9110 section 7.6.1: what `Connection` names is taken away on the way, and by these the next one reads it. */
function namesWhatMustStay(value: string): boolean {
  return /(^|[,\t ])(content-length|host)([,\t ]|$)/i.test(value);
}
