import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSquid, ProxyStage } from '../stage.ts';
import { SMUGGLED } from './corpus.ts';
import { fill } from './fill.ts';
import { RawOrigin } from './raw-origin.ts';

const REQUEST_LINE = /^(?:[A-Z]+) \S+ HTTP\/1\.[01]\r$/gm;

describe.each(['basic', 'keep-alive', ...(hasSquid ? (['squid'] as const) : [])] as const)(
  'a proxy of kind %s',
  (kind) => {
    let origin: RawOrigin;
    let stage: ProxyStage;
    let count = 0;
    beforeAll(async () => {
      origin = await RawOrigin.listen();
      const { port } = origin;
      stage = await ProxyStage.create(
        { kind },
        {
          origins: [`gitlab.test:${port}`],
          resolve: (name, asked) => (name === 'gitlab.test' && asked === port ? '127.0.0.1' : undefined),
        },
      );
    });
    afterAll(async () => {
      await stage[Symbol.asyncDispose]();
      await origin[Symbol.asyncDispose]();
    });

    test.each(SMUGGLED)('$name: must $must', async ({ bytes, must, flag, body }) => {
      count += 1;
      const host = `gitlab.test:${origin.port}`;
      const path = `/a${count}`;
      const before = stage.evidence.of('flag').length;
      origin.awaits = body ?? '';
      const client = stage.connect();
      client.socket.write(fill(bytes, { host, path, credentials: stage.basic }), 'latin1');
      const [, status] = await client.hears(/^HTTP\/1\.1 (\d{3}) [\s\S]*\r\n\r\n/);
      if (must === 'be refused') expect(['400', '431', '501']).toContain(status);
      if (must === 'be one request') expect(status).toBe('200');
      if (status === '200') {
        await client.hears(/\r\n\r\nok/);
        // What squid still passes on of the one before, which was refused, is none of this one's.
        const heard = origin.heard.filter((each) => each.includes(`${path} `) || each.includes('hidden')).join('');
        if (body !== undefined) expect(heard).toContain(body);
        expect(heard.match(REQUEST_LINE)).toEqual([expect.stringContaining(` ${path} `)]);
        expect(heard.match(/^Host:.*/gim)).toEqual([expect.stringMatching(new RegExp(`^Host: ${host}$`, 'i'))]);
      } else {
        await client.ends();
        // The head of one whose body goes wrong may be through; the hidden one is not.
        expect(origin.heard.join('')).not.toContain('hidden');
        expect(client.text.match(/^HTTP\/1/gm)).toHaveLength(1);
      }
      client.socket.destroy();
      const flags = stage.evidence
        .of('flag')
        .slice(before)
        .map(({ what }) => what);
      if (must === 'be refused or be one request') return;
      if (flag) expect(flags).toContainEqual(expect.stringMatching(flag));
      else expect(flags).toEqual([]);
    });
  },
);
