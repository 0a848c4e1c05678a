/** A proxy variable's value, taken apart and not yet judged. */
export interface ProxyValue {
  /** In lower case; undefined when nothing before `://` is there. */
  readonly scheme: string | undefined;
  /** As written. */
  readonly userinfo: string | undefined;
  /** Without brackets. */
  readonly host: string;
  /** As written; undefined without one. */
  readonly port: string | undefined;
  /** From the first slash on. */
  readonly rest: string;
}

/** Takes a value apart where any client would: scheme up to `://`, userinfo up to the last `@`, host, port. */
export function splitProxyValue(value: string): ProxyValue {
  const [, scheme, authority = '', rest = ''] = /^(?:([^:/]*):\/\/)?([^/?#]*)(.*)$/s.exec(value) ?? [];
  const at = authority.lastIndexOf('@');
  const [, bracketed, plain = '', port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(authority.slice(at + 1)) ?? [];
  return {
    scheme: scheme?.toLowerCase(),
    userinfo: at < 0 ? undefined : authority.slice(0, at),
    host: bracketed ?? plain,
    port,
    rest,
  };
}

/** What is no host to any resolver, such as one with a quote or a space in it. */
export const isHost = (host: string): boolean => /^[\w.:-]+$/.test(host);

/** Whether a port is written as a number; one that is left out is none. */
export const isPort = (port: string | undefined): boolean => port === undefined || /^\d+$/.test(port);

/** User and password of a userinfo, decoded; undefined without one. */
export function decoded(userinfo: string | undefined): { user: string; password: string } | undefined {
  if (userinfo === undefined) return undefined;
  const [, user = '', password = ''] = /^([^:]*)(?::(.*))?$/s.exec(userinfo) ?? [];
  return { user: percentDecoded(user), password: percentDecoded(password) };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
