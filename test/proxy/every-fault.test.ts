import { describe, expect, test } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import {
  type createForwardProxy,
  type Fault,
  type FaultName,
  type ProxyKind,
  supportersOf,
} from '../../harness/proxy/index.ts';
import { ask, get, post } from './asking.ts';
import { hasSquid, ProxyStage, type RawClient } from './stage.ts';

const KINDS: readonly ProxyKind[] = ['basic', 'keep-alive', ...(hasSquid ? (['squid'] as const) : [])];

/** How a fault is met: what is switched on, what a client does, and what it hears of it. */
interface Meeting<N extends FaultName> {
  readonly fault: Extract<Fault, { fault: N }>;
  readonly meets: (stage: ProxyStage, client: RawClient) => Promise<void> | void;
  /** Nobody can count it. */
  readonly uncounted?: boolean;
}

const upload = (stage: ProxyStage, client: RawClient, ...headers: string[]): void => {
  const to = `Host: ${new URL(stage.http).host}`;
  client.say(`POST ${stage.http}/ HTTP/1.1`, to, `Proxy-Authorization: ${stage.basic}`, ...headers);
};

const ends = (how: RegExp, asks: (stage: ProxyStage, client: RawClient) => void = get) => {
  return async (stage: ProxyStage, client: RawClient): Promise<void> => {
    asks(stage, client);
    expect(await client.ends()).toMatch(how);
  };
};

const hears = (what: RegExp, asks: (stage: ProxyStage, client: RawClient) => void = get) => {
  return async (stage: ProxyStage, client: RawClient): Promise<void> => {
    asks(stage, client);
    await client.hears(what);
  };
};

/** One line for each fault of the index: the compiler says which is missing. */
const MEETINGS: { readonly [N in FaultName]: Meeting<N> } = {
  'allow-only': { fault: { fault: 'allow-only', methods: ['PUT'] }, meets: hears(/^HTTP\/1\.1 403 /) },
  answer: { fault: { fault: 'answer', status: 429 }, meets: hears(/^HTTP\/1\.1 429 /) },
  'body-limit': {
    fault: { fault: 'body-limit', bytes: 2 },
    meets: hears(/^HTTP\/1\.1 413 /, (stage, client) => post(stage, client, 'abc')),
  },
  'buffer-requests': {
    fault: { fault: 'buffer-requests' },
    meets: hears(/got 3 bytes/, (stage, client) => post(stage, client, 'abc')),
  },
  close: { fault: { fault: 'close', when: 'on-request' }, meets: ends(/^FIN$/) },
  'close-on-status': {
    fault: { fault: 'close-on-status', statuses: [200] },
    meets: async (stage, client) => {
      get(stage, client);
      await client.hears(/\r\nConnection: close\r\n/i);
      expect(await client.ends()).toBe('FIN');
    },
  },
  delay: {
    fault: { fault: 'delay', ms: 40 },
    meets: async (stage, client) => {
      get(stage, client);
      await client.hears(/got 0 bytes/);
      expect(stage.clock.elapsed()).toBe(40);
    },
  },
  'duplicate-header': {
    fault: { fault: 'duplicate-header', of: 'response', name: 'Date', value: 'yesterday' },
    meets: hears(/\r\nDate: (?!yesterday)[\s\S]*\r\nDate: yesterday\r\n/i),
  },
  expect: {
    fault: { fault: 'expect', how: 'answer' },
    meets: hears(/^HTTP\/1\.1 100 /, (stage, client) =>
      upload(stage, client, 'Content-Length: 3', 'Expect: 100-continue'),
    ),
  },
  garbage: { fault: { fault: 'garbage', when: 'on-request' }, meets: hears(/this is no HTTP/) },
  'half-header': { fault: { fault: 'half-header', when: 'after-connect' }, meets: hears(/text\/pl$/, ask) },
  hang: {
    fault: { fault: 'hang' },
    meets: (stage, client) => {
      get(stage, client);
      return stage.until('the strike', () => stage.strikes('hang') > 0).then(() => {});
    },
  },
  headers: {
    fault: { fault: 'headers', of: 'response', rewrite: { 'Content-Length': '3' } },
    meets: hears(/\r\nContent-Length: 3\r\n/i),
  },
  'idle-cut': { fault: { fault: 'idle-cut', afterMs: 50 }, meets: (_, client) => client.ends().then(() => {}) },
  'no-chunked': {
    fault: { fault: 'no-chunked' },
    meets: hears(/^HTTP\/1\.1 411 /, (stage, client) => upload(stage, client, 'Transfer-Encoding: chunked')),
  },
  refuse: {
    fault: { fault: 'refuse' },
    meets: (_, client) => expect(client.ends()).resolves.toBe('ECONNREFUSED'),
    uncounted: true,
  },
  reset: { fault: { fault: 'reset', when: { atByte: 5, direction: 'down' } }, meets: ends(/ECONNRESET/) },
  slow: {
    fault: { fault: 'slow', bytesPerSecond: 100 },
    meets: async (stage, client) => {
      get(stage, client);
      await client.hears(/got 0 bytes/);
      expect(stage.clock.elapsed()).toBeGreaterThan(0);
    },
  },
  truncate: { fault: { fault: 'truncate', bytes: 3 }, meets: ends(/FIN/) },
  'trusts-anybody': {
    fault: { fault: 'trusts-anybody' },
    meets: async (stage, client) => {
      const wrong = `Proxy-Authorization: Basic ${Buffer.from('some:body').toString('base64')}`;
      client.say(`GET ${stage.http}/ HTTP/1.1`, `Host: ${new URL(stage.http).host}`, wrong);
      await client.hears(/got 0 bytes/);
    },
  },
};

const all = Object.entries(MEETINGS) as [FaultName, Meeting<FaultName>][];
const can = (name: FaultName, kind: ProxyKind): boolean => {
  const supporters = supportersOf(name);
  return supporters.includes('socket') || supporters.includes(kind);
};

describe.each(KINDS)('a proxy of kind %s', (kind) => {
  test.each(all.filter(([name]) => can(name, kind)))(
    'can have the fault %s',
    async (name, { fault, meets, uncounted }) => {
      const clock = simulatedClock();
      await using stage = await ProxyStage.create({ kind }, { clock });
      // An idle client keeps nobody waiting; every other one waits for its answer.
      const release = name === 'idle-cut' ? () => {} : clock.hold();
      const on = stage.proxy.inject(fault);
      await meets(stage, stage.connect());
      expect(on.explain()).toMatch(/^[A-Z].+\.$/);
      if (!uncounted) expect(on.struck.length).toBeGreaterThan(0);
      expect(stage.strikes(name)).toBe(on.struck.length);
      on.off();
      release();
      expect(
        stage.evidence
          .of('fault')
          .map(({ state }) => state)
          .filter((state) => state !== 'struck'),
      ).toEqual(['on', 'off']);
    },
  );

  test.each(all.filter(([name]) => !can(name, kind)))(
    'says that it cannot have the fault %s',
    async (name, { fault }) => {
      await using stage = await ProxyStage.create({ kind });
      expect(() => stage.proxy.inject(fault)).toThrow(
        new RegExp(`^The fault ${name} cannot be switched on at .+\\. .+: declare a proxy of kind .+ for this\\.$`),
      );
      expect(stage.evidence.of('fault')).toHaveLength(0);
    },
  );

  test('says what a declaration that makes no sense lacks', async () => {
    await using stage = await ProxyStage.create({ kind });
    const wrong = { fault: 'reset' } as unknown as Fault;
    expect(() => stage.proxy.inject(wrong)).toThrow(/^The fault reset is not declared as it must be: [\s\S]*when/);
    const unknown = { fault: 'rset', when: 'on-connect' } as unknown as Fault;
    expect(() => stage.proxy.inject(unknown)).toThrow(/^There is no fault "rset"\. There are: allow-only, answer, /);
  });
});

test('a fault that a proxy cannot have does not compile where its kind is known', () => {
  type Squid = Awaited<ReturnType<typeof createForwardProxy<'squid'>>>;
  const declared = (inject: Squid['inject']): unknown => [
    inject({ fault: 'reset', when: 'on-connect' }),
    // @ts-expect-error squid makes its own answers
    inject({ fault: 'answer', status: 429 }),
  ];
  expect(declared((fault) => fault as never)).toHaveLength(2);
});
