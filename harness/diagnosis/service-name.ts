/** A unit as people call it, `docker` for `docker.service`; the empty text where none is known. */
export const serviceName = (unit: string | undefined): string => (unit ?? '').replace(/\.service$/, '');
