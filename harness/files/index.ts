export { makeDirectories } from './make-directories.ts';
export { openWritable } from './open-writable.ts';
export { readRegularFile } from './read-regular-file.ts';
export { readWithin } from './read-within.ts';
export { UnfitFile } from './unfit-file.ts';
