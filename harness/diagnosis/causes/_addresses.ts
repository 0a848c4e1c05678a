import type { Picture } from '../picture/picture.ts';

/** The addresses of the host, each with its device, as far as `ip addr` or the like was handed over. */
export const ownAddresses = (picture: Picture) => picture.all('addresses').flatMap(({ addresses }) => addresses);
