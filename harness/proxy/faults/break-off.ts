import type { Connection } from '../gate/connection.ts';
import { writeOut } from './guarded-writer.ts';
import type { Switchboard } from './switchboard.ts';

/** What a fault sends in place of an answer before it closes. */
const TEXTS = {
  'half-header': 'HTTP/1.1 200 OK\r\nContent-Type: text/pl',
  garbage: '\u0000\u0001\u0002 this is no HTTP \ufffd\r\n\r\n',
} as const;

/**
 * Sends half a head or bytes that are no HTTP, and closes, where a fault of the moment says so.
 * @returns whether one struck
 */
export function breakOff(
  faults: Switchboard,
  when: 'on-request' | 'after-connect',
  connection: Connection,
  detail: string,
): boolean {
  for (const active of [...faults.of('half-header'), ...faults.of('garbage')]) {
    if (active.fault.when !== when) continue;
    faults.struck(active, detail);
    connection.tunnel?.stall();
    void writeOut(connection.socket, Buffer.from(TEXTS[active.fault.fault])).then(() => connection.cut('close'));
    return true;
  }
  return false;
}

/** Lets the faults of the moment strike a tunnel whose 200 has just been written. */
export async function strikeTunnel(faults: Switchboard, connection: Connection, detail: string): Promise<void> {
  const [active] = faults.ending('after-connect');
  if (!active) {
    breakOff(faults, 'after-connect', connection, detail);
    return;
  }
  // The client must get its 200 before a RST throws away what has not been sent.
  await writeOut(connection.socket, Buffer.alloc(0));
  if (active.fault.fault === 'hang') {
    faults.struck(active, detail);
    faults.hang(active, connection);
  } else faults.end(active, connection, detail);
}
