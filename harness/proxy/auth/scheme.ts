import type { EventBody } from '../../ledger/index.ts';

/** A pair that the proxy accepts. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
  /** The Windows domain, for NTLM. */
  readonly domain?: string;
}

/** Gives random bytes; injected, so that a test can foresee them. */
export type Random = (size: number) => Buffer;

/** What of a request a scheme looks at. */
export interface Claim {
  readonly method: string;
  /** The request target as sent. */
  readonly target: string;
  /** The value of `Proxy-Authorization`. */
  readonly authorization: string | undefined;
  /** The client lets the connection stay open after the answer (RFC 9112 section 9.3). */
  readonly persistent: boolean;
}

/** What the ledger is told of a step, in schemes that take several or can say why they refuse. */
export type Told = Omit<Extract<EventBody, { kind: 'authentication' }>, 'kind' | 'exchange' | 'scheme'>;

/** What comes of a claim. */
export type ClaimVerdict =
  | { readonly granted: true; readonly told?: Told }
  /** The values of `Proxy-Authenticate` that go with the 407. */
  | { readonly granted: false; readonly challenges: readonly string[]; readonly told?: Told };

/** One client's authentication. There is one for each connection, for schemes that take several steps. */
export interface Conversation {
  /** Judges the next request of this connection. */
  next(claim: Claim): ClaimVerdict;
}

/** A way for clients to prove who they are (RFC 9110 section 11). */
export interface AuthScheme {
  readonly name: string;
  /** It is the connection that is authenticated, so a client must be told that it stays open. */
  readonly connectionBound?: boolean;
  /** Begins a conversation with a new connection. */
  converse(): Conversation;
  /** What a 407 offers a client that has said nothing yet. */
  challenges(): readonly string[];
}

/** Gives the credentials that are right now; undefined when none are. */
export type RightCredentials = () => Credentials | undefined;

export const REALM = 'proxyproof';
