import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createDialer, type Dialer } from '../../harness/world/create-dialer.ts';
import { createRoutes } from '../../harness/world/routes.ts';
import { standInGitlab, standInProxy, standInTrap } from './stand-ins.ts';

async function arrange(direct: 'tripwire' | 'gitlab') {
  const stack = new AsyncDisposableStack();
  const gitlab = stack.use(await standInGitlab());
  const proxy = stack.use(await standInProxy());
  const trap = standInTrap();
  const dialer = stack.use(
    createDialer(createRoutes({ gitlab, proxy, registry: undefined, standby: undefined, tripwire: trap, direct })),
  );
  return { gitlab, proxy, trap, dialer, stack };
}

/** Another program that listens on a port of loopback, and counts who comes. */
async function listenerOn(port: number) {
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    socket.destroy();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { accepted: () => accepted, [Symbol.asyncDispose]: async () => void server.close() };
}

/** Asks over a connection of the dialer's. */
async function ask(dialer: Dialer, host: string, port: number): Promise<string> {
  const socket = await dialer.connect(host, port);
  const agent = new Agent();
  Object.assign(agent, { createConnection: (): Socket => socket });
  return new Promise((resolve, reject) => {
    get({ host, port, agent }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => {
        socket.destroy();
        resolve(`${response.statusCode} ${body.trim()}`);
      });
    }).on('error', reject);
  });
}

describe('the dialer', () => {
  it('leads to the proxy itself, and every other known name to the tripwire', async () => {
    const { gitlab, proxy, trap, dialer, stack } = await arrange('tripwire');
    await using _ = stack;
    expect(await ask(dialer, 'proxy.test', proxy.port)).toBe('200 the proxy');
    expect(await ask(dialer, '127.0.0.1', proxy.port)).toBe('200 the proxy');
    for (let i = 0; i < 2; i++) expect(await ask(dialer, 'gitlab.test', gitlab.port)).toBe('403 ');
    expect(await ask(dialer, '198.51.100.7', 8080)).toBe('403 ');
    expect(trap.seen).toEqual([`gitlab.test:${gitlab.port}`, `gitlab.test:${gitlab.port}`, '198.51.100.7:8080']);
    expect(gitlab.seen).toEqual([]);
  });

  it("has connections to a Docker engine's networks made where the engine lives", async () => {
    const { gitlab, proxy, trap, stack } = await arrange('tripwire');
    await using _ = stack;
    const inside: string[] = [];
    const routes = createRoutes({
      gitlab,
      proxy,
      registry: undefined,
      standby: undefined,
      tripwire: trap,
      direct: 'tripwire',
    });
    await using dialer = createDialer(routes, async (host, port) => {
      inside.push(`${host}:${port}`);
      throw new Error('nobody listens');
    });
    for (const host of ['172.17.0.1', '172.31.0.2'])
      await expect(dialer.connect(host, 3128)).rejects.toThrow('nobody listens');
    expect(inside).toEqual(['172.17.0.1:3128', '172.31.0.2:3128']);
    expect(await ask(dialer, '172.32.0.1', 80)).toBe('403 ');
    expect(await ask(dialer, 'proxy.test', proxy.port)).toBe('200 the proxy');
  });

  it('leads to GitLab by name and says that it came directly', async () => {
    const { gitlab, dialer, stack } = await arrange('gitlab');
    await using _ = stack;
    expect(await ask(dialer, 'gitlab.test', gitlab.port)).toBe('200 gitlab by direct');
    expect(await ask(dialer, 'gitlab.test', 443)).toBe('403 ');
  });

  it('fails as the system does', async () => {
    const { proxy, dialer, stack } = await arrange('tripwire');
    await using _ = stack;
    await expect(dialer.connect('www.example.com', 80)).rejects.toMatchObject({
      code: 'ENOTFOUND',
      message: 'getaddrinfo ENOTFOUND www.example.com',
    });
    await proxy.stop();
    // The port is anybody's now: whoever takes it must not be told what the proxy is asked.
    await using other = await listenerOn(proxy.port);
    await expect(dialer.connect('proxy.test', proxy.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(other.accepted()).toBe(0);
  });
});
