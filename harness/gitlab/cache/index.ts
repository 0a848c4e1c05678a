export { type CacheAccess, CacheStorage } from './cache-storage.ts';
export { serveCache } from './serve-cache.ts';
