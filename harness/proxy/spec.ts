/** How clients prove who they are to a proxy (RFC 9110 section 11.7). */
export interface ProxyAuth {
  readonly scheme: 'none' | 'basic' | 'digest' | 'ntlm' | 'negotiate';
  readonly user: string;
  readonly password: string;
  /** The Windows domain (NTLM), or the Kerberos realm (Negotiate). */
  readonly domain?: string;
}

/**
 * Which proxy: `basic` is proxy-chain, `keep-alive` a server of our own whose 407 leaves the connection open, `squid`
 * the real one.
 */
export type ProxyKind = 'basic' | 'keep-alive' | 'squid';

/** The declaration of a forward proxy. */
export interface ProxySpec {
  readonly kind: ProxyKind;
  /** Basic with a made-up user and password by default. */
  readonly auth?: ProxyAuth;
  /** Speaks TLS to its clients. */
  readonly tls?: boolean;
}

/** Which requests a fault strikes. */
export type FaultTarget = 'any' | 'forward' | 'connect';

/**
 * When a fault strikes. `on-connect`: as a client connects. `on-request`: when a request's head is there, CONNECT
 * included. `after-connect`: when a CONNECT has been answered with 200. `atByte`: when that many bytes of a message's
 * body or of a tunnel have been passed on, up (from the client) or down; counted from 0 when the fault is switched on
 * in the middle of a tunnel.
 */
export type FaultMoment =
  | 'on-connect'
  | 'on-request'
  | 'after-connect'
  | { readonly atByte: number; readonly direction: 'up' | 'down' };

/**
 * What a proxy can be made to do wrong, at the moment a scenario says. Every one is recorded when it is switched on and
 * each time it strikes.
 */
export type Fault =
  /** Answers this status itself, for forwarded requests, for CONNECT, or both. */
  | {
      readonly fault: 'answer';
      readonly status: number;
      readonly on?: FaultTarget;
      /** A custom or (with '') empty reason phrase. */
      readonly reason?: string;
      readonly headers?: readonly (readonly [string, string])[];
      /** `none` ends with the connection; `split` sends the body in a segment of its own after the head. */
      readonly body?: { readonly framing: 'none' | 'length' | 'chunked' | 'split'; readonly text: string };
      readonly connection?: 'keep-alive' | 'close';
    }
  /** The listener is closed: connections are refused. */
  | { readonly fault: 'refuse' }
  /**
   * Takes the connection (or the request, or the tunnel) and never answers. Without `when` all of it stands still, what
   * was open before included. Switching it off resets what still hangs.
   */
  | { readonly fault: 'hang'; readonly when?: FaultMoment }
  /** Ends the connection with RST. */
  | { readonly fault: 'reset'; readonly when: FaultMoment }
  /** Ends the connection with FIN. */
  | { readonly fault: 'close'; readonly when: FaultMoment }
  /** Sends half a response head and closes, or bytes that are no HTTP. */
  | { readonly fault: 'half-header' | 'garbage'; readonly when: 'on-request' | 'after-connect' }
  /** Waits before it answers, in milliseconds on the world's clock. */
  | { readonly fault: 'delay'; readonly ms: number; readonly on?: FaultTarget }
  /** Lets at most this many bytes a second through, for each body or tunnel and each direction. */
  | { readonly fault: 'slow'; readonly bytesPerSecond: number }
  /** Cuts a connection on which nothing moved for this long, in milliseconds on the world's clock. */
  | { readonly fault: 'idle-cut'; readonly afterMs: number }
  /** Adds `Connection: close` to answers with these statuses, and closes. */
  | { readonly fault: 'close-on-status'; readonly statuses: readonly number[] }
  /** 413 for a larger request body; 411 for a chunked one; or takes the whole body before it forwards any of it. */
  | { readonly fault: 'body-limit'; readonly bytes: number }
  | { readonly fault: 'no-chunked' }
  | { readonly fault: 'buffer-requests' }
  /** Passes on only the first bytes of a response body. */
  | { readonly fault: 'truncate'; readonly bytes: number }
  /** What becomes of `Expect: 100-continue`: nobody answers it, the origin does, or the proxy itself. */
  | { readonly fault: 'expect'; readonly how: 'swallow' | 'forward' | 'answer' }
  /** Removes or rewrites named headers of requests or responses. */
  | {
      readonly fault: 'headers';
      readonly of: 'request' | 'response';
      readonly strip?: readonly string[];
      readonly rewrite?: Readonly<Record<string, string>>;
    }
  /** Lets only these through: `CONNECT` to other ports, or other methods, get 403. */
  | {
      readonly fault: 'allow-only';
      readonly connectPorts?: readonly number[];
      readonly methods?: readonly string[];
      readonly hosts?: readonly string[];
    }
  /** Opens TLS itself, with a CA of its own. */
  | { readonly fault: 'intercept-tls' }
  /** Takes whatever credentials it is offered for right, as a helper that checks nothing does. */
  | { readonly fault: 'trusts-anybody' };
