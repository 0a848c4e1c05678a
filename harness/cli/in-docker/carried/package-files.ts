import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Carried } from './tar-of.ts';

/** Where proxyproof is inside; where its packages are installed, too. */
export const PLACE = '/opt/proxyproof';

/** What a checkout runs with; its own packages are made for another platform, perhaps. */
const CHECKOUT = ['proxyproof', 'package.json', 'package-lock.json', 'harness', 'scenarios', 'docker', 'schema'];
/** What a package that npm installed runs with. */
const INSTALLED = ['proxyproof', 'package.json', 'dist', 'docker', 'schema'];

/** @param root the directory of the package */
export function packageFiles(root: string): Carried[] {
  const names = existsSync(join(root, 'package-lock.json')) ? CHECKOUT : INSTALLED;
  return names
    .map((name) => ({ source: join(root, name), target: `${PLACE}/${name}` }))
    .filter(({ source }) => existsSync(source));
}
