import type { Place } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { isBefore } from '../_version.ts';

/** The daemon's version where it knows no `proxies` yet; those came with 23.0. */
export function versionWithoutProxies(picture: Picture): (Place & { readonly version: string }) | undefined {
  const docker = picture.version('docker');
  return docker && isBefore(docker.version, '23.0') ? docker : undefined;
}
