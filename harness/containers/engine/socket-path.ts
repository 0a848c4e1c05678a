import { join } from 'node:path';

/** How long a socket's path may be, in bytes. Source: unix(7), `sun_path` without its last zero. */
const LONGEST = 107;

/**
 * Where an engine has its socket.
 * @param dir the engine's directory
 * @throws Error when no socket can have that path
 */
export function engineSocket(dir: string): string {
  const path = join(dir, 'docker.sock');
  const length = Buffer.byteLength(path);
  if (length <= LONGEST) return path;
  throw new Error(
    `The Docker engine's socket would be ${path}, which is ${length - LONGEST} bytes longer than a socket's path may be (${LONGEST}, unix(7)). Set TMPDIR to a directory with a shorter path, such as /tmp; for making images, XDG_CACHE_HOME.`,
  );
}
