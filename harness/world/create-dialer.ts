import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { NameService } from './name-service.ts';
import { LOOPBACK, lookup } from './names.ts';
import type { Routes } from './routes.ts';

/** The networks that Docker engines give out of themselves (RFC 1918): docker0 is the first of them. */
const DOCKER_NETWORKS = /^172\.(1[6-9]|2\d|3[01])\./;

/**
 * Where connections to a proxy that takes none are opened, to be refused by the system: no system gives out this port (IANA's
 * tcpmux) by itself, while the proxy's own may belong to another world for a moment.
 */
const NOBODYS_PORT = 1;

/** How a subject that lives in this process opens connections. */
export interface Dialer extends AsyncDisposable {
  /** The address of a name. @throws an error with code ENOTFOUND */
  resolve(host: string): string;
  connect(host: string, port: number): Promise<Socket>;
}

/**
 * Makes the dialer of a world: every connection is a real one over loopback, to the proxy's own port or to a door made
 * for its destination.
 * @param names what the subject is told of them; all of the world's by default
 * @param inside opens a connection where the world's Docker engine lives: for the addresses of its networks
 */
export function createDialer(
  routes: Routes,
  inside?: Dialer['connect'],
  names: Pick<NameService, 'resolve'> = { resolve: lookup },
): Dialer {
  const doors = new Map<string, Promise<Server>>();

  const door = (address: string, port: number): Promise<Server> => {
    const key = `${address}:${port}`;
    const known = doors.get(key);
    if (known) return known;
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => routes.take(socket, address, port));
    server.listen({ host: LOOPBACK, port: 0 });
    const listening = once(server, 'listening').then(() => server);
    doors.set(key, listening);
    return listening;
  };

  const resolve = (host: string): string => {
    const address = names.resolve(host);
    if (address === undefined) throw unknownName(host);
    return address;
  };

  return {
    resolve,
    connect: async (host, port) => {
      const address = resolve(host);
      if (inside && DOCKER_NETWORKS.test(address)) return inside(address, port);
      const proxy = routes.proxyAt(address, port);
      if (proxy) return dial(proxy.listening ? port : NOBODYS_PORT);
      const { port: behind } = (await door(address, port)).address() as AddressInfo;
      return dial(behind);
    },
    [Symbol.asyncDispose]: async () => {
      for (const each of doors.values()) (await each).close();
    },
  };
}

async function dial(port: number): Promise<Socket> {
  const socket = connect({ host: LOOPBACK, port, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

function unknownName(host: string): Error {
  const error = new Error(`getaddrinfo ENOTFOUND ${host}`);
  return Object.assign(error, { code: 'ENOTFOUND', errno: -3008, syscall: 'getaddrinfo', hostname: host });
}
