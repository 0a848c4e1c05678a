import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { reservePort } from '../../harness/proxy/gate/reserved-port.ts';

async function listening(port: number) {
  const server = createServer().listen({ host: '127.0.0.1', port });
  await once(server, 'listening');
  return server;
}

/** How a connection ends that is tried. */
async function tried(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  const [how] = await Promise.race([once(socket, 'connect').then(() => ['connected']), once(socket, 'error')]);
  socket.destroy();
  return how instanceof Error && 'code' in how ? String(how.code) : String(how);
}

test('a port that is reserved refuses connections, and can be listened on by its number', async () => {
  const first = await listening(0);
  const { port } = first.address() as AddressInfo;
  first.close();
  const reserved = await reservePort(port);
  expect(await tried(port)).toBe('ECONNREFUSED');
  const second = await listening(port);
  reserved[Symbol.dispose]();
  expect(await tried(port)).toBe('connected');
  second.close();
});

test('a port where somebody listens cannot be reserved', async () => {
  const server = await listening(0);
  const { port } = server.address() as AddressInfo;
  await expect(reservePort(port)).rejects.toThrow(/EADDRINUSE/);
  server.close();
});

test('of many who ask for any port none is given one that is reserved', async () => {
  const first = await listening(0);
  const { port } = first.address() as AddressInfo;
  first.close();
  using _ = await reservePort(port);
  const others = await Promise.all(Array.from({ length: 500 }, () => listening(0)));
  expect(others.map((each) => (each.address() as AddressInfo).port)).not.toContain(port);
  for (const each of others) each.close();
});
