import type { Server } from 'node:net';
import { PROXY_ADDRESS } from './names.ts';
import type { Namespace } from './namespace/index.ts';
import type { Routes } from './routes.ts';
import type { Gate } from './scenario-proxy.ts';

/** Ports on which going around the proxy is noticed whatever the address; any other port refuses. */
const TRAPPED_PORTS: readonly number[] = [80, 443, 3128, 8080];
const ANYWHERE = '0.0.0.0';

/** The doors of a namespace: listeners inside it whose connections the world's routes take over. */
export class NamespaceDoors implements AsyncDisposable {
  readonly #namespace: Namespace;
  readonly #servers: Server[] = [];
  #routes: Routes | undefined;

  constructor(namespace: Namespace) {
    this.#namespace = namespace;
  }

  /** Opens what does not depend on the peers, while they come up; until `lead` connections wait. */
  async prepare(): Promise<void> {
    const traps = TRAPPED_PORTS.map((port) => ({ host: ANYWHERE, port }));
    this.#servers.push(...(await this.#namespace.listen(...traps)));
  }

  /**
   * Opens the doors to the peers.
   * @param ports GitLab's and, if there is one, the proxy's
   * @returns the proxy's door
   */
  async lead(routes: Routes, ports: { gitlab: number; proxy?: number }): Promise<Gate | undefined> {
    this.#routes = routes;
    const proxyDoor = ports.proxy === undefined ? [] : [{ host: PROXY_ADDRESS, port: ports.proxy }];
    const opened = await this.#namespace.listen({ host: ANYWHERE, port: ports.gitlab }, ...proxyDoor);
    this.#namespace.seal();
    const [gitlab, proxy] = opened;
    if (gitlab) this.#servers.push(gitlab);
    for (const server of this.#servers) this.#attend(server);
    return proxy && proxyDoor[0] ? this.#gate(proxy, proxyDoor[0]) : undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers) server.close();
  }

  #gate(first: Server, address: { host: string; port: number }): Gate {
    let current: Server | undefined = this.#attend(first);
    let wanted = true;
    let opening: Promise<void> = Promise.resolve();
    const bringUp = async (): Promise<void> => {
      if (!wanted || current) return;
      const [server] = await this.#namespace.listen(address);
      if (server && wanted) current = this.#attend(server);
      else server?.close();
    };
    return {
      close: () => {
        wanted = false;
        current?.close();
        current = undefined;
      },
      open: () => {
        wanted = true;
        opening = opening.catch(() => {}).then(bringUp);
        return opening;
      },
      [Symbol.asyncDispose]: async () => {
        wanted = false;
        await opening.catch(() => {});
        current?.close();
      },
    };
  }

  #attend(server: Server): Server {
    // As node:http sets them on its own listeners.
    Object.assign(server, { allowHalfOpen: true, noDelay: true });
    return server.on('connection', (socket) => {
      const { localAddress, localPort } = socket;
      if (this.#routes && localAddress !== undefined && localPort !== undefined) {
        this.#routes.take(socket, localAddress.replace('::ffff:', ''), localPort);
      } else socket.destroy();
    });
  }
}
