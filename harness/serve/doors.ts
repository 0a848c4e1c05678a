import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { joinHostPort } from '../url/index.ts';
import type { World } from '../world/index.ts';

/** What stands behind a door. */
interface Behind {
  readonly port: number;
  accept(socket: Socket): void;
}

/**
 * Lets others than this machine's own programs in: the proxies of a lab, at an address of the caller's choice and their own ports.
 * @param address one of this machine's
 * @throws Error when nobody can listen there
 */
export async function openDoors(world: World, address: string): Promise<AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  const proxies = [...(world.hasProxy ? [world.proxy] : []), ...(world.spec.standby ? [world.standby] : [])];
  for (const proxy of proxies) {
    undo.use(await openDoor(proxy, address));
    if (proxy.kerberos) undo.use(await openDoor(proxy.kerberos, address));
  }
  return undo.move();
}

async function openDoor(behind: Behind, address: string): Promise<AsyncDisposable> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    behind.accept(socket);
  });
  try {
    server.listen(behind.port, address);
    await once(server, 'listening');
  } catch (error) {
    throw new Error(
      `The lab cannot listen on ${joinHostPort(address, behind.port)}: ${(error as Error).message}. Give an address that this machine has (ip address), and try again.`,
      { cause: error },
    );
  }
  return {
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
