import { once } from 'node:events';
import type { SubjectHost } from '../../subject.ts';
import { repositoryOf } from './registry-login.ts';

const LIMIT_MS = 2_000;

/**
 * Asks an image's registry for its manifest, from the runner itself and without a proxy. What comes of it does not
 * matter to the job.
 */
export async function askRegistry(host: SubjectHost, reference: string): Promise<void> {
  const [address = '', ...path] = repositoryOf(reference).split('/');
  const [name = '', port = '443'] = address.split(':');
  const tag = /[:@]([^/]*)$/.exec(reference)?.[1] ?? 'latest';
  const limit = AbortSignal.timeout(LIMIT_MS);
  try {
    const socket = await host.connect(name, Number(port));
    try {
      socket.on('error', () => {});
      socket.write(
        `GET /v2/${path.join('/')}/manifests/${tag} HTTP/1.1\r\nHost: ${address}\r\nConnection: close\r\n\r\n`,
      );
      await once(socket.resume(), 'close', { signal: limit });
    } finally {
      socket.destroy();
    }
  } catch {
    // There is no way to it.
  }
}
