import type { Socket } from 'node:net';

/** Ends a connection with RST. */
export function reset(raw: Socket): void {
  try {
    raw.resetAndDestroy();
  } catch {
    // Not a TCP socket: it has no RST.
    raw.destroy();
  }
}
