import { goNoProxy } from '../../../clients/go/index.ts';
import { joinHostPort, percentDecodeBytes, splitUserinfo } from '../../../url/index.ts';
import type { ApiCall, CallKind } from '../http/message.ts';
import { redirected } from '../http/redirected.ts';
import type { NoProxyMatcher } from './no-proxy.ts';

type Env = Readonly<Record<string, string>>;

/** How a proxy failed a request. */
export type ProxyFailure = FailedRequest & FailedWay;

interface FailedRequest {
  /** What was asked for. */
  readonly kind: CallKind;
  /** How many requests in a row the proxy has failed, this one included. */
  readonly inARow: number;
}

/** What the proxy did. */
export type FailedWay =
  /** No connection to the proxy. */
  | { readonly at: 'dial'; readonly code: string | undefined }
  /** The connection broke, or no answer came. */
  | { readonly at: 'round-trip' }
  /** It answered CONNECT with something else than 200. */
  | { readonly at: 'connect'; readonly status: number }
  /** It forwarded the request, or answered in GitLab's place. */
  | { readonly at: 'forward'; readonly status: number; readonly body: string };

/** How long each step of a request may take until it is given up, in milliseconds. */
export interface TimeLimits {
  readonly dialMs: number;
  readonly tlsHandshakeMs: number;
  /** Until a proxy has answered a CONNECT. */
  readonly connectMs: number;
  /** Until the head of an answer is there. */
  readonly headerMs: number;
  /** From then on until all of the answer is. */
  readonly wholeMs: number;
}

/** How the runner uses a proxy. */
export interface ProxyPolicy {
  /** The variables a proxy is taken from. */
  readonly variables: (env: Env, jobEnvironment: readonly string[]) => Env;
  /**
   * Whether a request may use a proxy at all.
   * @param redirects how many redirects led to it
   */
  readonly serves: (kind: CallKind, url: URL, redirects: number) => boolean;
  readonly bypasses: NoProxyMatcher;
  /** Headers for an origin that is asked without a proxy: none. */
  readonly directHeaders: (env: Env, url: URL) => Readonly<Record<string, string>>;
  /**
   * The value of `Proxy-Authorization`, sent unasked.
   * @param userinfo as it stands in the proxy's URL, percent-encoded
   * @param before how many requests the proxy has had before: forwarded ones, or CONNECTs
   */
  readonly credentials: (userinfo: string, before: number) => string | undefined;
  /**
   * Headers for the origin that come from the proxy's URL: none.
   * @param redirects how many redirects led to the request
   */
  readonly originHeaders: (userinfo: string, redirects: number) => Readonly<Record<string, string>>;
  /** The target of CONNECT. */
  readonly tunnelTarget: (host: string, port: number) => string;
  /** `Host` of a CONNECT: its target. @param proxy host and port of the proxy */
  readonly tunnelHost: (target: string, proxy: string) => string;
  /** What is not asked of the certificate of an origin that speaks TLS: nothing is left out. */
  readonly takesCertificates: readonly (
    | 'any'
    | 'any-but-first'
    | 'any-after-failure'
    | 'any-until-answer'
    | 'other-name'
    | 'expired'
  )[];
  /** For which requests nothing at all is asked of it: for none. */
  readonly takesAnyCertificateFor: readonly CallKind[];
  /** Whether the name in a URL is looked up before the proxy is asked, and whether it must be known. */
  readonly looksUp: 'nothing' | 'whatever' | 'known-only';
  /** Whether to go around a proxy that failed so. */
  readonly goesAround: (failure: ProxyFailure) => boolean;
  readonly limits: TimeLimits;
  /** The URL that a proxy is chosen for: the request's own. @param first the one before any redirect */
  readonly choosesFor: (url: URL, first: URL) => URL;
  /** The statuses that redirect a request. */
  readonly follows: (kind: CallKind) => readonly number[];
  /** The name by which requests share the tunnels of a proxy: its own origin. */
  readonly sharesTunnelsBy: (origin: string) => string;
  /** The user and password that a proxy is offered: its own. @param first those of the proxy that was asked first */
  readonly userinfoFor: (own: string | undefined, first: string | undefined) => string | undefined;
  /** Where an answer leads that redirects. @param first the URL before any redirect */
  readonly locates: (location: string, asked: URL, first: URL) => URL;
  /** The request that follows an answer which redirects. @param first the one before any redirect */
  readonly redirected: (asked: ApiCall, url: URL, status: number, first: ApiCall) => ApiCall;
}

/** Basic credentials (RFC 7617) of a user and a password that are still encoded as `decode` undoes it. */
export function basic(userinfo: string, decode: (text: string) => Buffer): string | undefined {
  if (userinfo === '') return undefined;
  const { user, password } = splitUserinfo(userinfo);
  return `Basic ${Buffer.concat([decode(user), Buffer.from(':'), decode(password)]).toString('base64')}`;
}

/** What Go's `http.ProxyFromEnvironment` and its transport do, as every version of the runner uses them. */
export const goProxy: ProxyPolicy = {
  variables: (env) => env,
  serves: () => true,
  bypasses: goNoProxy,
  directHeaders: () => ({}),
  credentials: (userinfo) => basic(userinfo, percentDecodeBytes),
  originHeaders: () => ({}),
  tunnelTarget: joinHostPort,
  tunnelHost: (target) => target,
  takesCertificates: [],
  takesAnyCertificateFor: [],
  looksUp: 'nothing',
  goesAround: () => false,
  limits: {
    dialMs: 30_000,
    tlsHandshakeMs: 10_000,
    connectMs: 60_000,
    headerMs: 10 * 60_000,
    wholeMs: 60 * 60_000,
  },
  choosesFor: (url) => url,
  follows: () => [301, 302, 303, 307, 308],
  sharesTunnelsBy: (origin) => origin,
  userinfoFor: (own) => own,
  locates: (location, asked) => new URL(location, asked),
  redirected,
};
