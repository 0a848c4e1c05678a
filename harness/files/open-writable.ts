import { constants, createWriteStream, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { UnfitFile } from './unfit-file.ts';

/**
 * Opens a device or a pipe that a user names, to write to it.
 * @throws UnfitFile when it is a pipe that nobody reads; else the file system's error
 */
export function openWritable(file: string): Writable {
  let fd: number;
  try {
    // To open a pipe as a file is opened would wait for its reader, and nothing could end that wait.
    fd = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    throw new UnfitFile('is a pipe (FIFO) that nobody reads');
  }
  return fstatSync(fd).isFIFO() ? new Socket({ fd, readable: false }) : createWriteStream(file, { fd });
}
