import { Agent, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GoProxy } from '../../../clients/go/index.ts';
import { hostOf, joinHostPort, portOf } from '../../../url/index.ts';
import type { ProxyPolicy } from '../policies/proxy-policy.ts';
import type { Sockets } from './sockets.ts';

/** The way to an origin: straight, by a proxy that forwards, or through a proxy's tunnel. */
export type Route =
  | { readonly by: 'direct'; readonly url: URL }
  | { readonly by: 'forward'; readonly proxy: GoProxy }
  | { readonly by: 'tunnel'; readonly proxy: GoProxy; readonly url: URL };

/** The way that a request takes. */
export function routeOf(url: URL, proxy: GoProxy | undefined): Route {
  if (!proxy) return { by: 'direct', url };
  return url.protocol === 'https:' ? { by: 'tunnel', proxy, url } : { by: 'forward', proxy };
}

/** Requests whose route has the same name may share a connection. */
function nameOf(route: Route, { sharesTunnelsBy }: ProxyPolicy): string {
  const proxy =
    route.by === 'direct'
      ? ''
      : `${route.proxy.scheme} ${route.proxy.userinfo}@${route.proxy.host}:${route.proxy.port}`;
  if (route.by === 'tunnel') return `tunnel ${proxy} ${sharesTunnelsBy(route.url.origin)}`;
  return `${route.by} ${proxy} ${route.by === 'forward' ? '' : route.url.origin}`;
}

interface RoutedOptions extends ClientRequestArgs {
  readonly route: Route;
  readonly abort: AbortSignal;
}

/** Keeps connections alive, one pool a route. */
export class RouteAgent extends Agent {
  readonly #sockets: Sockets;
  readonly #policy: ProxyPolicy;
  /** Tunnels that proxies were asked for. */
  #tunnels = 0;

  constructor(sockets: Sockets, policy: ProxyPolicy) {
    super({ keepAlive: true });
    this.#sockets = sockets;
    this.#policy = policy;
  }

  override getName(options?: ClientRequestArgs): string {
    return options && isRouted(options) ? nameOf(options.route, this.#policy) : super.getName(options);
  }

  override createConnection(
    options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    if (!isRouted(options)) throw new Error('A request of the reference runner has no route; use Transport.send.');
    this.#open(options.route, options.abort).then(
      (socket) => callback?.(null, socket),
      // Node's type wants a stream even with an error, and ignores it.
      (error: Error) => callback?.(error, undefined as unknown as Duplex),
    );
    return undefined;
  }

  async #open(route: Route, signal: AbortSignal): Promise<Duplex> {
    if (route.by === 'direct') {
      const socket = await this.#sockets.dial('dial', hostOf(route.url), portOf(route.url), signal);
      return route.url.protocol === 'https:' ? this.#sockets.secure(socket, hostOf(route.url), signal) : socket;
    }
    const { proxy } = route;
    const plain = await this.#sockets.dial('proxy-dial', proxy.host, proxy.port, signal);
    const socket = proxy.scheme === 'https' ? await this.#sockets.secure(plain, proxy.host, signal) : plain;
    if (route.by === 'forward') return socket;
    const host = hostOf(route.url);
    const target = this.#policy.tunnelTarget(host, portOf(route.url));
    const tunnel = {
      target,
      host: this.#policy.tunnelHost(target, joinHostPort(proxy.host, proxy.port)),
      authorization: this.#policy.credentials(proxy.userinfo ?? '', this.#tunnels++),
    };
    await this.#sockets.tunnel(socket, tunnel, signal);
    return this.#sockets.secure(socket, host, signal);
  }
}

const isRouted = (options: ClientRequestArgs): options is RoutedOptions => 'route' in options;
