/** A proxy as a client understood it. */
export interface ProxyAddress {
  /** Whether the client speaks TLS to the proxy itself. */
  readonly scheme: 'http' | 'https';
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

/** A proxy's URL, credentials percent-encoded. */
export function proxyUrl({ scheme, host, port, credentials }: ProxyAddress): string {
  const userinfo = credentials
    ? `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.password)}@`
    : '';
  return `${scheme}://${userinfo}${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** A choice as the measured table writes it: `direct`, the proxy's URL, `… by CONNECT`, or `error: WHY`. */
export function choiceText(choice: Choice): string {
  switch (choice.via) {
    case 'direct':
      return 'direct';
    case 'error':
      return `error: ${choice.why}`;
    case 'proxy':
      return `${proxyUrl(choice.proxy)}${choice.tunnel ? ' by CONNECT' : ''}`;
  }
}
