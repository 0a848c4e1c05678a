/** XDG_CACHE_HOME inside. */
export const CACHE_HOME = '/var/cache';

/** What is kept between runs, images above all, in a volume that any engine makes by its name. */
export const CACHE_VOLUME = { source: 'proxyproof-cache', target: `${CACHE_HOME}/proxyproof` } as const;
