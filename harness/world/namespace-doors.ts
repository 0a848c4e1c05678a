import type { Server } from 'node:net';
import type { ListenAddress, Namespace } from './namespace/index.ts';
import type { ProxyDoor } from './proxy-door.ts';
import type { Routes } from './routes.ts';

/** Ports on which going around the proxy is noticed whatever the address; any other port refuses. */
const TRAPPED_PORTS: readonly number[] = [80, 443, 3128, 8080];
/** Where the page has cntlm listen, on docker0's address: a trap there would be in its way. */
export const CNTLM_PORT = 3128;

/** Whether every address of a namespace with an engine has a door at this port from the start. */
export const isTrapped = (port: number): boolean => TRAPPED_PORTS.includes(port) && port !== CNTLM_PORT;
const ANYWHERE = '0.0.0.0';

/** The doors of a namespace: listeners inside it whose connections the world's routes take over. */
export class NamespaceDoors implements AsyncDisposable {
  readonly #namespace: Namespace;
  readonly #servers: Server[] = [];
  #routes: Routes | undefined;

  constructor(namespace: Namespace) {
    this.#namespace = namespace;
  }

  /**
   * Opens what does not depend on the peers, while they come up; until `lead` connections wait.
   * @param localProxy leaves room for a proxy on docker0's address
   */
  async prepare(localProxy: boolean): Promise<void> {
    const trapped = TRAPPED_PORTS.filter((port) => !localProxy || port !== CNTLM_PORT);
    this.#servers.push(...(await this.#namespace.listen(...trapped.map((port) => ({ host: ANYWHERE, port })))));
  }

  /**
   * Opens the doors to the peers.
   * @param ports those of the origins, at whatever address
   * @param proxies where the proxies are
   * @returns the proxies' doors, in order
   */
  async lead(routes: Routes, ports: readonly number[], proxies: readonly ListenAddress[]): Promise<ProxyDoor[]> {
    this.#routes = routes;
    const origins = ports.map((port) => ({ host: ANYWHERE, port }));
    const opened = await this.#namespace.listen(...origins, ...proxies);
    this.#namespace.seal();
    this.#servers.push(...opened.slice(0, origins.length));
    for (const server of this.#servers) this.#attend(server);
    return opened.slice(origins.length).flatMap((server, index) => {
      const address = proxies[index];
      return address ? [this.#door(server, address)] : [];
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers) server.close();
  }

  #door(first: Server, address: ListenAddress): ProxyDoor {
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
