import type { GoProxy } from '../../../clients/go/index.ts';
import type { SubjectHost } from '../../subject.ts';
import type { FailedWay, ProxyPolicy } from '../policies/proxy-policy.ts';

import { TransportError } from './errors.ts';
import type { ApiCall, HttpAnswer } from './message.ts';
import { chooseProxy } from './proxy-choice.ts';
import { roundTrip } from './round-trip.ts';
import { RouteAgent, routeOf } from './routes.ts';
import { Sockets } from './sockets.ts';
import type { RunnerTrust, Trust } from './trust.ts';

const MOST_REDIRECTS = 10;

/** Connections, and who keeps them alive. */
interface Client {
  readonly sockets: Sockets;
  readonly agent: RouteAgent;
}

function clientOf(host: SubjectHost, trust: Trust, policy: ProxyPolicy): Client {
  const sockets = new Sockets(host, trust, policy);
  return { sockets, agent: new RouteAgent(sockets, policy) };
}

/** The runner's HTTP client: what Go's `http.Client` is to the real one. */
export class Transport implements AsyncDisposable {
  readonly #host: SubjectHost;
  readonly #policy: ProxyPolicy;
  readonly #env: Readonly<Record<string, string>>;
  readonly #trust: RunnerTrust;
  /** A client for everybody whom somebody else trusts. */
  readonly #clients = new Map<Trust, Client>();
  /** A fault: for requests by which any certificate is taken. */
  readonly #careless: Client;
  /** Requests that a proxy was asked to forward. */
  #forwarded = 0;
  /** The proxy that was asked first. */
  #first: GoProxy | undefined;
  /** Requests in a row that a proxy has failed. */
  #failedInARow = 0;

  /** @param env the variables that proxies are taken from */
  constructor(host: SubjectHost, policy: ProxyPolicy, env: Readonly<Record<string, string>>, trust: RunnerTrust) {
    this.#host = host;
    this.#policy = policy;
    this.#env = env;
    this.#trust = trust;
    this.#careless = clientOf(host, trust, { ...policy, takesCertificates: ['any'] });
  }

  /**
   * Sends a request once, and follows redirects as Go does, with the body for 307 and 308; but another host gets no token.
   * @throws TransportError whose message reads like Go's: `Post "url": EOF`
   */
  async send(call: ApiCall, signal: AbortSignal): Promise<HttpAnswer> {
    let current = call;
    for (let redirects = 0; ; redirects++) {
      const answer = await this.#sendOnce(current, call.url, signal);
      const location = answer.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
      const isFollowed = this.#policy.follows(call.kind).includes(answer.status);
      if (!isFollowed || location === undefined || redirects === MOST_REDIRECTS) return answer;
      const url = this.#policy.locates(location, current.url, call.url);
      current = this.#policy.redirected(current, url, answer.status, call);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const clients = [this.#careless, ...this.#clients.values()];
    await Promise.all(clients.map(({ sockets }) => sockets.close()));
    for (const { agent } of clients) agent.destroy();
  }

  async #sendOnce(call: ApiCall, first: URL, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      const proxy = chooseProxy(this.#policy, this.#env, { ...call, url: this.#policy.choosesFor(call.url, first) });
      if (!proxy) return await this.#by(undefined, call, signal);
      this.#first ??= proxy;
      const userinfo = this.#policy.userinfoFor(proxy.userinfo, this.#first.userinfo);
      return await this.#byProxy({ ...proxy, userinfo }, call, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      throw inGoWords(call, error);
    }
  }

  async #byProxy(proxy: GoProxy, call: ApiCall, signal: AbortSignal): Promise<HttpAnswer> {
    let failure: FailedWay | undefined;
    try {
      const answer = await this.#by(proxy, call, signal);
      if (call.url.protocol === 'http:' && answer.status >= 400) {
        failure = { at: 'forward', status: answer.status, body: answer.body.toString('latin1') };
      }
      if (!failure) this.#failedInARow = 0;
      if (!failure || !this.#goesAround(call, failure)) return answer;
    } catch (error) {
      failure = failureOf(error);
      if (!failure || !this.#goesAround(call, failure)) throw error;
    }
    return this.#by(undefined, call, signal);
  }

  #clientFor({ kind, ofHelper }: ApiCall): Client {
    if (this.#policy.takesAnyCertificateFor.includes(kind)) return this.#careless;
    const trust = ofHelper ? this.#trust.ofHelper(ofHelper) : this.#trust;
    const client = this.#clients.get(trust) ?? clientOf(this.#host, trust, this.#policy);
    this.#clients.set(trust, client);
    return client;
  }

  /** A fault: whom the proxy asks is the proxy's to find. */
  #lookUp(name: string): void {
    const { looksUp } = this.#policy;
    if (looksUp === 'nothing') return;
    try {
      this.#host.resolve?.(name);
    } catch (error) {
      if (looksUp === 'known-only') throw error;
    }
  }

  #goesAround({ kind }: ApiCall, failure: FailedWay): boolean {
    this.#failedInARow += 1;
    return this.#policy.goesAround({ ...failure, kind, inARow: this.#failedInARow });
  }

  async #by(proxy: GoProxy | undefined, call: ApiCall, signal: AbortSignal): Promise<HttpAnswer> {
    if (proxy) this.#lookUp(call.url.hostname);
    const route = routeOf(call.url, proxy);
    const authorization =
      proxy && route.by === 'forward' ? this.#policy.credentials(proxy.userinfo ?? '', this.#forwarded++) : undefined;
    const outgoing = {
      route,
      method: call.method,
      target: route.by === 'forward' ? withoutUserinfo(call.url).href : call.url.pathname + call.url.search,
      headers: {
        Host: call.url.host,
        ...call.headers,
        ...(proxy
          ? this.#policy.originHeaders(proxy.userinfo ?? '', call.redirects ?? 0)
          : this.#policy.directHeaders(this.#env, call.url)),
        ...(authorization === undefined ? {} : { 'Proxy-Authorization': authorization }),
      },
      body: call.body,
      saveTo: call.saveTo,
    };
    return roundTrip(this.#clientFor(call).agent, this.#host.clock, outgoing, this.#policy.limits, signal);
  }
}

function withoutUserinfo(url: URL): URL {
  const clean = new URL(url);
  clean.username = '';
  clean.password = '';
  return clean;
}

function failureOf(error: unknown): FailedWay | undefined {
  if (!(error instanceof TransportError)) return undefined;
  if (error.stage === 'proxy-dial') return { at: 'dial', code: error.code };
  if (error.stage === 'connect' && error.status !== undefined) return { at: 'connect', status: error.status };
  return error.stage === 'connect' || error.stage === 'round-trip' ? { at: 'round-trip' } : undefined;
}

function inGoWords(call: ApiCall, error: unknown): TransportError {
  const method = call.method.charAt(0) + call.method.slice(1).toLowerCase();
  const text = `${method} "${withoutUserinfo(call.url).href}": ${error instanceof Error ? error.message : String(error)}`;
  if (!(error instanceof TransportError)) return new TransportError('round-trip', text, { cause: error });
  const { stage, code, status } = error;
  const details = { cause: error, ...(code ? { code } : {}), ...(status === undefined ? {} : { status }) };
  return new TransportError(stage, text, details);
}
