import { constants, createReadStream, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { UnfitFile } from './unfit-file.ts';

/** How long nothing may come through a pipe, in milliseconds. */
const SILENT_MS = 10_000;

/**
 * Opens what a user names, be it a file or a pipe. A pipe that nobody writes to is given up.
 * @param silentMs how long nothing may come through a pipe, in milliseconds
 * @returns a stream, which fails with UnfitFile when nothing comes for that long
 * @throws the file system's error
 */
export function openReadable(file: string, silentMs = SILENT_MS): Readable {
  // To open a pipe as a file is opened would wait for its writer, and nothing could end that wait.
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  if (!fstatSync(fd).isFIFO()) return createReadStream(file, { fd });
  const socket = new Socket({ fd, writable: false });
  return socket.setTimeout(silentMs, () =>
    socket.destroy(new UnfitFile(`is a pipe (FIFO) through which nothing came for ${silentMs / 1000} s`)),
  );
}
