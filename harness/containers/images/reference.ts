import type { ImageName } from '../spec.ts';

/** Where our images are, as names go: no registry has them. */
const NAMESPACE = 'proxyproof';

/** The reference of an image of ours. @param hash of what it is made from */
export const reference = (name: ImageName | 'debian', hash: string): string => `${NAMESPACE}/${name}:${hash}`;
