import type { Writable } from 'node:stream';

/** Resolves when a part is out, or can never be. */
export function writeOut(to: Writable, part: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (to.destroyed) return resolve();
    const over = (): void => {
      to.off('close', over);
      resolve();
    };
    to.once('close', over);
    to.write(part, over);
  });
}
