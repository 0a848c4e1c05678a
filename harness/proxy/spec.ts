import type { ProxyKind } from './kind.ts';

/** How clients prove who they are to a proxy (RFC 9110 section 11.7). */
export interface ProxyAuth {
  readonly scheme: 'none' | 'basic' | 'digest' | 'ntlm' | 'negotiate';
  readonly user: string;
  readonly password: string;
  /** The Windows domain (NTLM), or the Kerberos realm (Negotiate). */
  readonly domain?: string;
}

/** The declaration of a forward proxy. Where its kind is known, so are the faults that it can have. */
export interface ProxySpec<K extends ProxyKind = ProxyKind> {
  readonly kind: K;
  /** Basic with a made-up user and password by default. */
  readonly auth?: ProxyAuth;
  /** Speaks TLS to its clients. */
  readonly tls?: boolean;
}
