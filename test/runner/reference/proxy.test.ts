import { describe, expect, it } from 'vitest';
import { createCertificateAuthority } from '../../../harness/tls/authority.ts';
import { type Bench, bench, job, until } from './bench.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const authority = await createCertificateAuthority('Test CA');
const certificate = await authority.issue(['gitlab.test']);
const overTls = async (mutant?: string): Promise<Bench> => bench({ tls: certificate, ...(mutant ? { mutant } : {}) });
const { caPem } = authority;

/** Who was connected to when the runner was verified in this environment. */
async function wayOf(env: (here: Bench) => Record<string, string>, mutant?: string): Promise<'proxy' | 'direct'> {
  await using here = await bench(mutant ? { mutant } : {});
  await here.subject.verify(here.config({ env: env(here) }));
  expect(here.host.dialed).toHaveLength(1);
  return here.host.dialed[0]?.startsWith('proxy.test:') ? 'proxy' : 'direct';
}

describe('a proxy', () => {
  it('forwards http requests, and gets its credentials unasked', async () => {
    await using here = await bench();
    await here.subject.verify(here.config({ env: here.proxied() }));
    const target = `POST http://gitlab.test:${here.gitlab.port}/api/v4/runners/verify`;
    expect(here.proxy.seen).toEqual([{ target, authorization: basic('user:pass') }]);
    expect(here.gitlab.seen).toHaveLength(1);
    expect(here.gitlab.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
    expect(here.host.dialed).toEqual(['proxy.test:3128']);
  });

  it('tunnels https requests, once a connection', async () => {
    await using here = await overTls();
    const count = () => here.gitlab.of('job').length;
    await here.runUntil(() => count() > 3, { env: here.proxied(), caPem });
    expect(here.proxy.seen).toEqual([
      { target: `CONNECT gitlab.test:${here.gitlab.port}`, authorization: basic('user:pass') },
    ]);
    expect(here.host.dialed).toEqual(['proxy.test:3128']);
  });

  it('leaves certificates that nobody vouches for unaccepted', async () => {
    await using here = await overTls();
    await here.subject.verify(here.config());
    expect(here.gitlab.seen).toHaveLength(0);
    expect(here.host.evidence.logs(/certificate/)).toHaveLength(1);
  });

  it.each([
    ['p%40ss%3A%23w%2F%25', 'p@ss:#w/%'],
    ['%C3%A4%20%24%22%27%60', 'ä $"\'`'],
    ['a%2540', 'a%40'],
  ])('gets the password %s as %s', async (encoded, plain) => {
    await using here = await bench();
    await here.subject.verify(here.config({ env: here.proxied(`CORP%5Cus%40er:${encoded}`) }));
    expect(here.proxy.seen[0]?.authorization).toBe(basic(`CORP\\us@er:${plain}`));
  });

  it.each([
    ['a % that begins no code', 'http://user:100%@proxy.test:3128'],
    ['spaces around it', ' http://proxy.test:3128 '],
  ])('with %s is none to Go, which does not say so', async (_, value) => {
    expect(await wayOf(() => ({ HTTP_PROXY: value }))).toBe('direct');
  });

  it('is not asked in the environment of a CGI program, in whatever case it is named', async () => {
    await using here = await bench();
    await here.subject.verify(here.config({ env: { http_proxy: 'http://proxy.test:3128', REQUEST_METHOD: 'GET' } }));
    expect(here.host.dialed).toEqual([]);
    expect(here.host.evidence.logs(/refusing to use HTTP_PROXY value in CGI environment/)).not.toHaveLength(0);
  });

  it.each([
    ['upper case', { HTTP_PROXY: 'http://proxy.test:3128' }],
    ['lower case', { http_proxy: 'http://proxy.test:3128' }],
    ['no scheme', { HTTP_PROXY: 'proxy.test:3128' }],
    ['a slash at its end', { HTTP_PROXY: 'http://proxy.test:3128/' }],
  ])('may be named in %s', async (_, env) => {
    expect(await wayOf(() => env)).toBe('proxy');
  });

  it.each([
    ['for https alone', { HTTPS_PROXY: 'http://proxy.test:3128' }],
    ['as ALL_PROXY', { ALL_PROXY: 'http://proxy.test:3128' }],
  ])('named %s is not used for http', async (_, env) => {
    expect(await wayOf(() => env)).toBe('direct');
  });

  it.each(['gitlab.test', '.test', '*.test', 'test', '*', ' other.test , GITLAB.TEST ', 'gitlab.test:PORT'])(
    'is bypassed with NO_PROXY %s',
    async (list) => {
      const way = wayOf((here) => ({ ...here.proxied(), NO_PROXY: list.replace('PORT', String(here.gitlab.port)) }));
      expect(await way).toBe('direct');
    },
  );

  it.each(['lab.test', 'gitlab.test:1', '.gitlab.test', 'gitlab', '10.0.0.0/8', ''])(
    'is used with NO_PROXY %s',
    async (list) => {
      expect(await wayOf((here) => ({ ...here.proxied(), NO_PROXY: list }))).toBe('proxy');
    },
  );

  it('that answers 407 is reported, asked again at the interval, and never gone around', async () => {
    await using here = await bench();
    here.proxy.refuses = { status: 407 };
    await here.runFor(10_000, { env: here.proxied() });
    expect(here.proxy.seen).toHaveLength(4);
    expect(here.gitlab.seen).toHaveLength(0);
    expect(here.host.evidence.logs(/407 Proxy Authentication Required/)).toHaveLength(4);
  });

  it('that refuses CONNECT is an error with its reason, and not retried', async () => {
    await using here = await overTls();
    here.proxy.refuses = { status: 429 };
    await here.runFor(4_000, { env: here.proxied(), caPem });
    expect(here.proxy.seen).toHaveLength(2);
    const log = here.host.evidence.logs(/couldn't execute POST against https:/);
    expect(log).toHaveLength(2);
    expect(log[0]?.line).toContain('Refused By Proxy');
  });

  it.each([
    ['ECONNREFUSED', /proxyconnect tcp: dial tcp proxy.test:3128: connect: connection refused/],
    ['ENOTFOUND', /lookup proxy.test: no such host/],
  ])('that is down (%s) is reported, and used again when it is up', async (code, message) => {
    await using here = await bench();
    here.host.names.set('proxy.test', code);
    const env = here.proxied();
    await using running = await here.subject.run(here.config({ env }));
    await until(() => here.host.evidence.logs(message).length > 1);
    expect(here.host.dialed).not.toContain(`gitlab.test:${here.gitlab.port}`);
    here.host.names.set('proxy.test', here.proxy.port);
    await until(() => here.gitlab.seen.length > 0);
    await running.stop('graceful');
  });

  it('may speak TLS itself', async () => {
    const own = await authority.issue(['proxy.test']);
    await using here = await bench({ tls: own });
    here.host.names.set('proxy.test', here.gitlab.port);
    const env = { HTTP_PROXY: 'https://u:p@proxy.test:3128' };
    await here.subject.verify(here.config({ env, caPem, url: 'http://gitlab.test' }));
    expect(here.gitlab.seen[0]).toMatchObject({ method: 'POST', url: 'http://gitlab.test/api/v4/runners/verify' });
    expect(here.gitlab.seen[0]?.headers['proxy-authorization']).toBe(basic('u:p'));
  });
});

describe('mutants of proxying', () => {
  it.each(['goes-direct-when-proxy-refuses', 'goes-direct-when-name-does-not-resolve'])('%s', async (mutant) => {
    await using here = await bench({ mutant });
    here.host.names.set('proxy.test', mutant.endsWith('refuses') ? 'ECONNREFUSED' : 'ENOTFOUND');
    await here.subject.verify(here.config({ env: here.proxied() }));
    expect(here.gitlab.seen).toHaveLength(1);
  });

  it.each([
    ['goes-direct-when-proxy-answers-407', { status: 407 }],
    ['goes-direct-when-name-does-not-resolve', { status: 502, body: 'getaddrinfo ENOTFOUND gitlab.test' }],
  ])('%s, forwarded', async (mutant, refuses) => {
    await using here = await bench({ mutant });
    here.proxy.refuses = refuses;
    await here.subject.verify(here.config({ env: here.proxied() }));
    expect(here.gitlab.seen).toHaveLength(1);
  });

  it.each([
    ['goes-direct-when-proxy-answers-407', { status: 407 }],
    ['goes-direct-when-name-does-not-resolve', { status: 502 }],
  ])('%s, tunnelled', async (mutant, refuses) => {
    await using here = await overTls(mutant);
    here.proxy.refuses = refuses;
    await here.subject.verify(here.config({ env: here.proxied(), caPem }));
    expect(here.gitlab.seen).toHaveLength(1);
  });

  it('proxies-only-http', async () => {
    await using here = await overTls('proxies-only-http');
    await here.subject.verify(here.config({ env: here.proxied(), caPem }));
    expect(here.proxy.seen).toHaveLength(0);
    expect(here.gitlab.seen).toHaveLength(1);
  });

  it('proxies-only-job-requests', async () => {
    await using here = await bench({ mutant: 'proxies-only-job-requests' });
    here.gitlab.giveJob(job());
    await here.runUntil(() => here.gitlab.end !== undefined, { env: here.proxied() });
    expect(new Set(here.proxy.targets.map((each) => each.replace(/.*\/v4\//, '')))).toEqual(new Set(['jobs/request']));
  });

  it('never-uses-proxy', async () => {
    expect(await wayOf((here) => here.proxied(), 'never-uses-proxy')).toBe('direct');
  });

  it.each([
    ['finds-proxy-in-job-environment', 'proxy.test:3128'],
    [undefined, 'gitlab.test:'],
  ])('%s', async (mutant, way) => {
    await using here = await bench(mutant ? { mutant } : {});
    await here.subject.verify(here.config({ environment: ['HTTP_PROXY=http://proxy.test:3128'] }));
    expect(here.host.dialed[0]).toContain(way);
  });

  it.each([
    ['never-sends-credentials', undefined],
    ['sends-credentials-encoded', basic('u:p%2540')],
    ['double-decodes-password', basic('u:p@')],
  ])('%s', async (mutant, authorization) => {
    await using here = await bench({ mutant });
    await here.subject.verify(here.config({ env: here.proxied('u:p%2540') }));
    expect(here.proxy.seen[0]?.authorization).toBe(authorization);
  });

  it('sends-credentials-to-origin', async () => {
    await using plain = await bench({ mutant: 'sends-credentials-to-origin' });
    await plain.subject.verify(plain.config({ env: plain.proxied() }));
    expect(plain.gitlab.seen[0]?.headers.authorization).toBe(basic('user:pass'));
    await using tls = await overTls('sends-credentials-to-origin');
    await tls.subject.verify(tls.config({ env: tls.proxied(), caPem }));
    expect(tls.gitlab.seen[0]?.headers['proxy-authorization']).toBe(basic('user:pass'));
  });

  it('tunnels-to-default-port', async () => {
    await using here = await overTls('tunnels-to-default-port');
    await here.subject.verify(here.config({ env: here.proxied(), caPem }));
    expect(here.proxy.targets).toEqual(['CONNECT gitlab.test:443']);
  });

  it.each([
    ['ignores-no-proxy', 'gitlab.test', 'proxy'],
    ['over-matches-no-proxy', 'lab.test', 'direct'],
    ['matches-no-proxy-exactly-only', '.test', 'proxy'],
    ['matches-no-proxy-exactly-only', 'gitlab.test', 'direct'],
  ])('%s, with NO_PROXY %s', async (mutant, list, way) => {
    expect(await wayOf((here) => ({ ...here.proxied(), NO_PROXY: list }), mutant)).toBe(way);
  });
});
