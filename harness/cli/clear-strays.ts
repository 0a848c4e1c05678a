import { removeStrays } from '../world/index.ts';
import type { Terminal } from './exit.ts';
import { print } from './print.ts';

/** Removes what a killed run left behind, and says so. */
export async function clearStrays({ stderr }: Pick<Terminal, 'stderr'>): Promise<void> {
  for (const each of await removeStrays()) print(stderr, `proxyproof: removed what an earlier run left: ${each}\n`);
}
