import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/** How long a socket may take to accept, in real milliseconds. */
const LIMIT_MS = 2000;

/** Where engines have their sockets when nobody says otherwise: the system's, Docker Desktop's, a rootless one's. */
export function usualSockets(env: Readonly<Record<string, string | undefined>>, home: string): string[] {
  const runtime = env['XDG_RUNTIME_DIR'];
  return [
    ...new Set([
      '/var/run/docker.sock',
      ...(runtime ? [join(runtime, 'docker.sock')] : []),
      join(home, '.docker', 'run', 'docker.sock'),
      join(home, '.docker', 'desktop', 'docker.sock'),
      `/run/user/${process.getuid?.() ?? 0}/docker.sock`,
    ]),
  ];
}

/** Why no engine answers at any of some sockets, as half a sentence. */
export async function whySilent(sockets: readonly string[]): Promise<string> {
  const there = sockets.filter((each) => existsSync(each));
  if (there.length === 0) return `none of ${sockets.join(', ')} exists`;
  return (await Promise.all(there.map(async (each) => `${each} ${reason(await tryToConnect(each))}`))).join(', ');
}

function reason(code: string): string {
  switch (code) {
    case 'EACCES':
      return 'may not be used by this user, who is not in its group (usually docker)';
    case 'ECONNREFUSED':
      return 'is left over, and nobody listens there';
    case 'connected':
      return 'accepts connections and does not answer as a Docker engine';
    default:
      return `cannot be used (${code})`;
  }
}

async function tryToConnect(path: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect({ path, timeout: LIMIT_MS });
  socket.on('connect', () => resolve('connected'));
  socket.on('timeout', () => resolve('it does not answer'));
  socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  return promise.finally(() => socket.destroy());
}
