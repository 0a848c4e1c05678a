import type { Clock } from '../clock/index.ts';
import type { ForwardProxy, InterceptorHandle } from '../proxy/handle.ts';
import type { ProxyDoor } from './proxy-door.ts';

/** What a scenario's proxy is made of. */
export interface ScenarioProxyOptions {
  readonly clock: Clock;
  /** The proxy's door in the namespace, if there is one. */
  readonly door: ProxyDoor | undefined;
  /** Is told when the door cannot be opened again after a fault. */
  readonly failed: (error: Error) => void;
}

/**
 * A proxy as a scenario has it. Its door in the namespace closes and opens with its own listener: where the proxy
 * refuses connections, the door must refuse them too, not accept and drop them. What takes real time to switch holds
 * the world's clock, so that in simulated time a restart is over at the moment it began.
 */
export function scenarioProxy(proxy: ForwardProxy, { clock, door, failed }: ScenarioProxyOptions): ForwardProxy {
  const held = async (work: () => Promise<void>): Promise<void> => {
    const release = clock.hold();
    try {
      await work();
    } finally {
      release();
    }
  };
  const heldInterceptor = (interceptor: InterceptorHandle): InterceptorHandle => ({
    get caPem() {
      return interceptor.caPem;
    },
    renew: () => held(() => interceptor.renew()),
  });
  const reopen = (): void => void held(async () => door?.open()).catch(failed);
  return {
    kind: proxy.kind,
    product: proxy.product,
    host: proxy.host,
    port: proxy.port,
    get listening() {
      return proxy.listening;
    },
    get auth() {
      return proxy.auth;
    },
    get url() {
      return proxy.url;
    },
    urlWithoutCredentials: proxy.urlWithoutCredentials,
    ...(proxy.caPem === undefined ? {} : { caPem: proxy.caPem }),
    ...(proxy.interceptor ? { interceptor: heldInterceptor(proxy.interceptor) } : {}),
    ...(proxy.kerberos ? { kerberos: proxy.kerberos } : {}),
    inject: (fault) => {
      const handle = proxy.inject(fault);
      if (!handle.refuses) return handle;
      door?.close();
      const off = (): void => {
        handle.off();
        reopen();
      };
      return { ...handle, off, [Symbol.dispose]: off };
    },
    setCredentials: (auth) => held(() => proxy.setCredentials(auth)),
    restart: () =>
      held(async () => {
        door?.close();
        await proxy.restart();
        await door?.open();
      }),
    stop: () =>
      held(async () => {
        door?.close();
        await proxy.stop();
      }),
    start: () =>
      held(async () => {
        await proxy.start();
        await door?.open();
      }),
    accept: (socket) => proxy.accept(socket),
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}
