import { connect } from 'node:net';

/** Requests to each of the four peers, 10,000 in all; `PROXYPROOF_FUZZ=10000` for a long run, `PROXYPROOF_FUZZ_SEED` for another one. */
export const COUNT = Number(process.env['PROXYPROOF_FUZZ'] ?? 2500);
export const SEED = Number(process.env['PROXYPROOF_FUZZ_SEED'] ?? 20_261_122);
/** Open at once. */
const SIDE_BY_SIDE = 20;
/** How long a peer that still waits for more is left to wait, in milliseconds. */
const PATIENCE_MS = 15;

/** mulberry32: small, and the same everywhere. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

async function fire(port: number, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    let patience: NodeJS.Timeout | undefined;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes);
      patience = setTimeout(() => socket.destroy(), PATIENCE_MS);
    });
    socket.on('data', () => {});
    socket.on('error', () => {});
    socket.once('close', () => {
      clearTimeout(patience);
      resolve();
    });
  });
}

/** Sends so many requests, each on a connection of its own, and waits for their ends. */
export async function fireAll(port: number, next: () => Buffer): Promise<void> {
  let left = COUNT;
  const shoot = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await fire(port, next());
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, shoot));
}
