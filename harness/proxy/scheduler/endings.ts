import type { ClientConnection } from '../gate/client-connection.ts';
import type { ActiveFault } from './active-fault.ts';
import type { Ending } from './moments.ts';
import { writeOut } from './write-out.ts';

const NOTHING = Buffer.alloc(0);

/** Ends a connection whose client waits for an answer. */
export function carryOut(ending: Ending, active: ActiveFault, connection: ClientConnection): void {
  if ('send' in ending) {
    connection.tunnel?.stall();
    void writeOut(connection.socket, Buffer.from(ending.send)).then(() => connection.cut('close'));
  } else if (ending.end === 'hang') {
    hang(active, connection);
    connection.keepWaiting();
  } else connection.cut(ending.end);
}

/** Ends a tunnel whose 200 has just been written: nothing moves in it any more, but the client gets its 200. */
export function endTunnel(ending: Ending, active: ActiveFault, connection: ClientConnection): void {
  connection.tunnel?.stall();
  // A RST throws away what has not been sent.
  void writeOut(connection.socket, NOTHING).then(() => {
    if ('end' in ending && ending.end === 'hang') {
      hang(active, connection);
      // Whoever opens a tunnel has something to send by it, and waits for what comes back.
      connection.keepWaiting();
    } else carryOut(ending, active, connection);
  });
}

/** Lets a connection hang until the fault is switched off. */
export function hang(active: ActiveFault, connection: ClientConnection): void {
  active.hanging.add(connection);
  connection.raw.once('close', () => active.hanging.delete(connection));
  connection.hang();
}
