import type { ProxyKind } from './kind.ts';

/** How clients prove who they are to a proxy (RFC 9110 section 11.7). */
export interface ProxyAuth {
  readonly scheme: 'none' | 'basic' | 'digest' | 'ntlm' | 'negotiate';
  readonly user: string;
  readonly password: string;
  /** The Windows domain (NTLM), or the Kerberos realm (Negotiate). */
  readonly domain?: string;
}

/**
 * How a proxy opens TLS: in the origin's place, with a CA that is its own and not the origins', and a certificate that
 * it makes for each host. It verifies the origins itself.
 */
export interface InterceptsSpec {
  /** To which hosts; everything by default. Tunnels to the others stay as they are. */
  readonly opens?: 'everything' | 'all-but-gitlab' | 'gitlab-alone';
  /** Whether the CA's certificate comes with the host's; it does by default. */
  readonly chain?: 'with-root' | 'without-root';
}

/** The declaration of a forward proxy. Where its kind is known, so are the faults that it can have. */
export interface ProxySpec<K extends ProxyKind = ProxyKind> {
  readonly kind: K;
  /** Basic with a made-up user and password by default. */
  readonly auth?: ProxyAuth;
  /** Speaks TLS to its clients. */
  readonly tls?: boolean;
  /** Opens the TLS in tunnels, as a filtering proxy does. */
  readonly intercepts?: InterceptsSpec;
}
