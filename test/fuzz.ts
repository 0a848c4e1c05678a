import { connect } from 'node:net';
import { HANG_MS, HangWatch } from './hang-watch.ts';

/**
 * Messages in each of the twelve tests, 30,000 in all; `PROXYPROOF_FUZZ=10000` for a long run,
 * `PROXYPROOF_FUZZ_SEED` for another one.
 */
export const COUNT = Number(process.env['PROXYPROOF_FUZZ'] ?? 2500);
export const SEED = Number(process.env['PROXYPROOF_FUZZ_SEED'] ?? 20_261_122);
/** As a failure says it. */
export const SEEDED = `PROXYPROOF_FUZZ_SEED=${SEED}`;
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

/** Does something so many times, some side by side. */
export async function sideBySide(act: () => Promise<unknown>): Promise<void> {
  let left = COUNT;
  const go = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await act();
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, go));
}

/** Sends so many requests, each on a connection of its own, and waits for their ends. Nothing may take a second. */
export async function fireAll(port: number, next: () => Buffer): Promise<void> {
  using watch = new HangWatch();
  await sideBySide(() => {
    const bytes = next();
    return watch.over(fire(port, bytes), () => `${bytes.toString('latin1').slice(0, 2000)} (${SEEDED})`);
  });
  if (watch.longestMs > HANG_MS) throw new Error(`${watch.longestMs} ms of work without a pause (${SEEDED}).`);
}

/** Sends a request, says that no more comes, and waits until the other side has closed. */
export async function sendAll(port: number, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', () => {});
    socket.on('error', () => {});
    socket.once('close', () => resolve());
  });
}
