import { request as httpRequest } from 'node:http';
import { ProxyStage } from '../stage.ts';
import { RawOrigin } from './raw-origin.ts';

/** What `ask` gives when a proxy has done its work: one answer, or a connection that was cut. */
export const SOUND = /^(\d{3}|ECONNRESET (aborted|socket hang up|read ECONNRESET))$/;

/** A proxy before an origin that takes everything, and something that it must not lead to. */
export async function arrange(kind: 'basic' | 'keep-alive' | 'squid') {
  await using undo = new AsyncDisposableStack();
  const origin = undo.use(await RawOrigin.listen());
  const bystander = undo.use(await RawOrigin.listen());
  const { port } = origin;
  const stage = undo.use(
    await ProxyStage.create(
      { kind },
      {
        origins: [`gitlab.test:${port}`],
        resolve: (name, asked) => (name === 'gitlab.test' && asked === port ? '127.0.0.1' : undefined),
      },
    ),
  );
  const all = undo.move();
  const host = `gitlab.test:${port}`;
  return { origin, bystander, stage, host, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Asks through the proxy as Node's strict client does. @returns what it made of the answer */
export function ask(stage: ProxyStage, host: string, path: string): Promise<string> {
  return new Promise((resolve) => {
    const asking = httpRequest({
      host: '127.0.0.1',
      port: stage.proxy.port,
      path: `http://${host}${path}`,
      headers: { Host: host, 'Proxy-Authorization': stage.basic },
      agent: false,
      maxHeaderSize: 128 * 1024,
    });
    asking.on('error', ({ message, code = '' }: NodeJS.ErrnoException) => resolve(`${code} ${message}`));
    asking.on('response', (answer) => {
      answer.resume();
      answer.on('error', ({ message, code = '' }: NodeJS.ErrnoException) => resolve(`${code} ${message}`));
      answer.on('end', () => resolve(`${answer.statusCode}`));
    });
    asking.end();
  });
}
