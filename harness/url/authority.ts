/** A host as a URL has it: an IPv6 address in brackets (RFC 3986 section 3.2.2). */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/**
 * Host and port as a URL, a CONNECT and a `Host` header name them.
 * @param host a name or an address, without brackets
 * @param port left out where it is undefined
 */
export const joinHostPort = (host: string, port?: number | string): string =>
  port === undefined ? bracketed(host) : `${bracketed(host)}:${port}`;

/** The host of a URL that was parsed, without the brackets of an IPv6 address. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

/** The port of a URL that was parsed, with its scheme's own (RFC 9110 section 4.2) where it names none: 443, or 80. */
export const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
