import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers of an engine, by method and path, of which the beginning will do. */
type Answers = Readonly<Record<string, readonly [status: number, body: unknown]>>;

const INFO = {
  ServerVersion: '27.3.1',
  OSType: 'linux',
  KernelVersion: '6.8.0',
  CgroupVersion: '2',
  CgroupDriver: 'systemd',
  SecurityOptions: ['name=seccomp,profile=builtin'],
};

/** What speaks the API of a Docker engine and has no containers. @param answers what it says otherwise than usual */
export async function engineThatSays(answers: Answers): Promise<{ readonly host: string } & AsyncDisposable> {
  const all: Answers = {
    'GET /networks': [200, [{ Name: 'bridge' }]],
    'GET /containers/json': [200, []],
    'GET /info': [200, INFO],
    ...answers,
  };
  const server = createServer((request, response) => {
    const asked = `${request.method} ${request.url}`;
    const [status, body] = Object.entries(all).find(([path]) => asked.startsWith(path))?.[1] ?? [
      404,
      { message: 'none' },
    ];
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: `tcp://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What an engine says of itself. @param differs from one that has everything */
export const infoOf = (differs: object): readonly [number, unknown] => [200, { ...INFO, ...differs }];
