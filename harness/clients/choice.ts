import { joinHostPort, percentEncode } from '../url/index.ts';

/** Protocols of SOCKS proxies, as curl names them. */
export type Socks = 'socks4' | 'socks4a' | 'socks5' | 'socks5h';

/** A proxy as a client understood it. */
export interface ProxyAddress {
  /** What the client speaks to the proxy itself: HTTP, by TLS or not, or SOCKS. */
  readonly scheme: 'http' | 'https' | Socks;
  readonly host: string;
  readonly port: number;
  /** What the client offers to the proxy, decoded. */
  readonly credentials?: { readonly user: string; readonly password: string };
}

/** What a client does with a URL. */
export type Choice =
  | { readonly via: 'direct' }
  | {
      readonly via: 'proxy';
      readonly proxy: ProxyAddress;
      /** Asks an http target by CONNECT, as others do https ones: a proxy that allows CONNECT to 443 alone refuses it. */
      readonly tunnel?: boolean;
    }
  /** The client gives up before it asks anybody. */
  | { readonly via: 'error'; readonly why: string };

export const direct: Choice = { via: 'direct' };
export const failure = (why: string): Choice => ({ via: 'error', why });
export const through = (proxy: ProxyAddress): Choice => ({ via: 'proxy', proxy });

/**
 * A choice as the measured table writes it: `direct`, the proxy's URL, perhaps ` as USER:PASSWORD` (percent-encoded, and
 * not before an `@`, where the ledger takes them for a secret) and ` by CONNECT`, or `error: WHY`.
 */
export function choiceText(choice: Choice): string {
  switch (choice.via) {
    case 'direct':
      return 'direct';
    case 'error':
      return `error: ${choice.why}`;
    case 'proxy':
      return `${proxyText(choice.proxy)}${choice.tunnel ? ' by CONNECT' : ''}`;
  }
}

function proxyText({ scheme, host, port, credentials }: ProxyAddress): string {
  const url = `${scheme}://${joinHostPort(host, port)}`;
  if (!credentials) return url;
  return `${url} as ${percentEncode(credentials.user)}:${percentEncode(credentials.password)}`;
}
