import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

let known: string | undefined;

/** The version of proxy-chain that is installed. */
export function version(): string {
  if (known === undefined) {
    // Its package does not export package.json, but its entry point says where it is.
    const path = fileURLToPath(new URL('../package.json', import.meta.resolve('proxy-chain')));
    known = (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
  }
  return known;
}
