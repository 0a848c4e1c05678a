import type { ForwardProxy } from '../proxy/handle.ts';

/** The listener through which a subject in a namespace reaches the proxy. */
export interface Gate extends AsyncDisposable {
  /** From now on connections are refused. */
  close(): void;
  open(): Promise<void>;
}

/**
 * A proxy whose door in the namespace closes and opens with its own listener: where the proxy refuses connections, the
 * door must refuse them too, not accept and drop them.
 * @param failed is told when the door cannot be opened again after a fault
 */
export function gateProxy(proxy: ForwardProxy, gate: Gate, failed: (error: Error) => void): ForwardProxy {
  const shut = async (work: () => Promise<void>, reopen: boolean): Promise<void> => {
    gate.close();
    await work();
    if (reopen) await gate.open();
  };
  return {
    kind: proxy.kind,
    product: proxy.product,
    host: proxy.host,
    port: proxy.port,
    get auth() {
      return proxy.auth;
    },
    get url() {
      return proxy.url;
    },
    urlWithoutCredentials: proxy.urlWithoutCredentials,
    ...(proxy.caPem === undefined ? {} : { caPem: proxy.caPem }),
    inject: (fault) => {
      const handle = proxy.inject(fault);
      if (fault.fault !== 'refuse') return handle;
      gate.close();
      const off = (): void => {
        handle.off();
        gate.open().catch(failed);
      };
      return { off, [Symbol.dispose]: off };
    },
    setCredentials: (auth) => proxy.setCredentials(auth),
    restart: () => shut(() => proxy.restart(), true),
    stop: () => shut(() => proxy.stop(), false),
    start: async () => {
      await proxy.start();
      await gate.open();
    },
    accept: (socket) => proxy.accept(socket),
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}
