import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSquid, ProxyStage } from './stage.ts';

/** Names and addresses by which loopback, or the world's own origin at another port, might be reached. */
const NAMES = [
  'gitlab.test',
  'GITLAB.test',
  'gitlab.test.',
  'localhost',
  'LOCALHOST.',
  'localhost.localdomain',
  'ip6-localhost',
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.0.2',
  '0.0.0.0',
  '0',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:7f00:0001]',
  'proxyproof-squid',
  'elsewhere.test',
];

/** Something of this machine's that no subject has any business with. */
class Bystander {
  knocks = 0;
  readonly #server: Server = createServer((socket) => {
    this.knocks += 1;
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret');
  });

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
  }
}

describe.each(['basic', 'keep-alive', ...(hasSquid ? (['squid'] as const) : [])] as const)(
  'a proxy of kind %s',
  (kind) => {
    const bystander = new Bystander();
    let stage: ProxyStage;
    let other: ProxyStage;
    let ports: readonly number[];
    beforeAll(async () => {
      [stage, other] = await Promise.all([ProxyStage.create({ kind }), ProxyStage.create({ kind: 'keep-alive' })]);
      // A listener of the machine's, and of another world its origin and its proxy.
      ports = [await bystander.listen(), Number(new URL(other.http).port), other.proxy.port];
    });
    afterAll(async () => {
      bystander.close();
      await stage[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
    });

    const ask = async (line: string, host: string): Promise<string> => {
      const client = stage.connect();
      client.say(line, `Host: ${host}`, `Proxy-Authorization: ${stage.basic}`, 'Connection: close');
      const [, status = ''] = await client.hears(/^HTTP\/1\.1 (\d{3}) [\s\S]*\r\n\r\n/);
      client.socket.destroy();
      return status;
    };

    test.each(NAMES)('reaches nothing of this machine and no other world by %s, and says so', async (name) => {
      for (const port of ports) {
        const authority = `${name}:${port}`;
        for (const line of [
          `CONNECT ${authority} HTTP/1.1`,
          `GET http://${authority}/ HTTP/1.1`,
          `GET https://${authority}/ HTTP/1.1`,
          `GET ftp://${authority}/ HTTP/1.1`,
        ]) {
          const before = stage.evidence.of('flag').length;
          const status = await ask(line, authority);
          // No proxy of ours but squid takes any scheme but http.
          expect(['403', ...(/^GET (https|ftp)/.test(line) ? ['400'] : [])], line).toContain(status);
          const flags = stage.evidence.of('flag').slice(before);
          if (status === '403') {
            const what = `${line.replace(' HTTP/1.1', '')} is refused: this proxy leads to the world's own origins`;
            expect(flags.map((each) => each.what)).toEqual([expect.stringContaining(what)]);
          }
        }
      }
      expect(bystander.knocks).toBe(0);
      expect(other.seen).toEqual([]);
      expect(other.evidence.of('connection')).toEqual([]);
      expect(stage.evidence.proxy().filter(({ madeBy, tunnel }) => madeBy === 'origin' || tunnel)).toEqual([]);
    });

    test('reaches the world’s own origins', async () => {
      expect((await stage.curl(stage.http, stage.https)).stdout).toBe('the origin got 0 bytesthe origin got 0 bytes');
    });

    test('speaks no FTP with an origin of the world', async () => {
      const { host } = new URL(stage.http);
      expect(['400', '403']).toContain(await ask(`GET ftp://${host}/ HTTP/1.1`, host));
    });

    test('says 407, and not where it leads, to who has no credentials', async () => {
      const client = stage.connect();
      client.say(`CONNECT 127.0.0.1:${ports[0]} HTTP/1.1`, `Host: 127.0.0.1:${ports[0]}`);
      await client.hears(/^HTTP\/1\.1 407 /);
      client.socket.destroy();
    });
  },
);
