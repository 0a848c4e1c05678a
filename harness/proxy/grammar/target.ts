import { MalformedMessage } from './malformed.ts';

const HOST = String.raw`\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~-]+`;
/** RFC 9112 section 3.2.3. */
const AUTHORITY_FORM = new RegExp(`^(${HOST}):(\\d{1,5})$`);
/** RFC 9112 section 3.2.2; userinfo is passed over, as squid does (RFC 9110 section 4.2.4 leaves that to us). */
const ABSOLUTE_FORM = new RegExp(
  String.raw`^([A-Za-z]+)://(?:[\w.~!$&'()*+,;=:%-]*@)?(${HOST})(?::(\d{0,5}))?([/?].*)?$`,
);
const HOST_FIELD = new RegExp(`^(?:(${HOST})(?::(\\d{0,5}))?)?$`);
const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21 };

/** Those of the URLs that a tunnel may be asked for. */
const USUAL_PORTS: readonly number[] = [80, 443];

/** Where a request wants to go. */
export interface Authority {
  /** In small letters. */
  readonly host: string;
  readonly port: number;
}

/**
 * Takes the target of a request to a proxy apart.
 * @returns undefined for one that is no absolute one: a path, or `*`
 * @throws MalformedMessage when it could be read in two ways
 */
export function parseTarget(method: string, target: string): Authority | undefined {
  if (method === 'CONNECT') {
    const [, host, port] = AUTHORITY_FORM.exec(target) ?? [];
    return authority(host, Number(port), 'the target of CONNECT is no host with a port');
  }
  if (target.startsWith('/') || target === '*') return undefined;
  const [, scheme = '', host, port] = ABSOLUTE_FORM.exec(target) ?? [];
  return authority(host, portOr(port, DEFAULT_PORTS[scheme.toLowerCase()]), 'its target is no absolute URL');
}

/**
 * Takes the field `Host` apart (RFC 9110 section 7.2).
 * @returns undefined when it is empty
 * @throws MalformedMessage when it is no host, with or without a port
 */
export function parseHost(value: string, defaultPort: number): Authority | undefined {
  const matched = HOST_FIELD.exec(value);
  if (!matched) throw new MalformedMessage('its Host is no host');
  return matched[1] === undefined
    ? undefined
    : authority(matched[1], portOr(matched[2], defaultPort), 'its Host has no port that can be');
}

/** Whether a field `Host` names where a CONNECT goes: by its host, with its port, a usual one or none. */
export function isNamed({ host, port }: Authority, value: string): boolean {
  const [, named, at] = HOST_FIELD.exec(value) ?? [];
  return named?.toLowerCase() === host && (!at || Number(at) === port || USUAL_PORTS.includes(Number(at)));
}

const portOr = (port: string | undefined, otherwise = 80): number =>
  port === undefined || port === '' ? otherwise : Number(port);

function authority(host: string | undefined, port: number, otherwise: string): Authority {
  if (host === undefined || !(port >= 1 && port <= 65_535)) throw new MalformedMessage(otherwise);
  return { host: host.toLowerCase(), port };
}
