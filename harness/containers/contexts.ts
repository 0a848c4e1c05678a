import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The directory with the build contexts of the images: `docker/` of the checkout or of the installed package.
 * @throws Error when there is none, so the installation is not whole
 */
export function contextsDirectory(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let dir = here; dir !== dirname(dir); dir = dirname(dir)) {
    const found = join(dir, 'docker');
    if (existsSync(join(found, 'base', 'Dockerfile'))) return found;
  }
  throw new Error(
    `No directory above ${here} has docker/base/Dockerfile: this installation of proxyproof is not complete.`,
  );
}

/** The shim in front of runc, which the images have as well. */
export const shimFile = (): string => join(contextsDirectory(), 'base', 'runc-shim');
