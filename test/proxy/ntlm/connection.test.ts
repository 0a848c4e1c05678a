import { expect, it, test } from 'vitest';
import type { ProxySpec } from '../../../harness/proxy/index.ts';
import { ProxyStage, type RawClient } from '../stage.ts';
import { ACCOUNT, authenticate, header, messageIn, negotiate } from './client.ts';

const account = { user: 'testuser', password: 'Sesame-42', domain: 'CORP-UK' } as const;
const spec = { kind: 'keep-alive', auth: { scheme: 'ntlm', ...account } } as const satisfies ProxySpec;

/** Runs curl with the proxy's own URL, credentials included. */
const curl = (stage: ProxyStage, ...args: string[]) =>
  stage.plainCurl('--proxy', stage.proxy.url, '--proxy-ntlm', ...args);

const answers = (stage: ProxyStage) => stage.evidence.proxy().map(({ method, status }) => `${method} ${status}`);
const steps = (stage: ProxyStage) => stage.evidence.of('authentication').map(({ step }) => step);
const connections = (stage: ProxyStage) => stage.evidence.of('connection').length;

test('the URL has domain and user as clients want them', async () => {
  await using stage = await ProxyStage.create(spec);
  expect(stage.proxy.url).toBe(`http://CORP-UK%5Ctestuser:Sesame-42@127.0.0.1:${stage.proxy.port}`);
  await using other = await ProxyStage.create({ kind: 'keep-alive', auth: { ...spec.auth, domain: '' } });
  expect(other.proxy.auth.domain, 'made up').toBe('CORP-UK');
});

test('a GET: one connection, authenticated once for all that follows', async () => {
  await using stage = await ProxyStage.create(spec);
  const { stdout } = await curl(stage, `${stage.http}/a`, `${stage.http}/b`);
  expect(stdout).toBe('the origin got 0 bytes'.repeat(2));
  expect(answers(stage)).toEqual(['GET 407', 'GET 200', 'GET 200']);
  expect(connections(stage)).toBe(1);
  expect(stage.evidence.of('authentication')).toMatchObject([
    { scheme: 'ntlm', step: 'challenged' },
    { scheme: 'ntlm', step: 'granted', user: 'testuser', domain: 'CORP-UK', workstation: 'WORKSTATION' },
  ]);
  for (const { responseHeaders } of stage.evidence.proxy()) {
    const names = responseHeaders.map(([name, value]) => `${name}: ${value}`);
    expect(names).toContain('Proxy-Connection: keep-alive');
    expect(names).toContain('Connection: keep-alive');
  }
  expect(stage.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
});

test('a client that first asks what is wanted', async () => {
  await using stage = await ProxyStage.create(spec);
  const { stdout } = await stage.plainCurl('--proxy', stage.proxy.url, '--proxy-anyauth', stage.http);
  expect(stdout).toBe('the origin got 0 bytes');
  expect(answers(stage)).toEqual(['GET 407', 'GET 407', 'GET 200']);
  expect(connections(stage)).toBe(1);
});

test('a POST, whose body is withheld until it may be sent', async () => {
  await using stage = await ProxyStage.create(spec);
  const { stdout } = await curl(stage, stage.http, '-d', 'x'.repeat(5000));
  expect(stdout).toBe('the origin got 5000 bytes');
  expect(answers(stage)).toEqual(['POST 407', 'POST 200']);
  expect(stage.evidence.proxy().map(({ body }) => body?.bytes)).toEqual([undefined, 5000]);
  expect(connections(stage)).toBe(1);
});

test('CONNECT', async () => {
  await using stage = await ProxyStage.create(spec);
  const { stdout } = await curl(stage, `${stage.https}/x`, '-d', 'abc');
  expect(stdout).toBe('the origin got 3 bytes');
  expect(answers(stage)).toEqual(['CONNECT 407', 'CONNECT 200']);
  expect(connections(stage)).toBe(1);
});

it('refuses a wrong password, and says so; other credentials are right when it is told so', async () => {
  await using stage = await ProxyStage.create(spec);
  const wrong = [
    '--proxy',
    stage.proxy.urlWithoutCredentials,
    '--proxy-ntlm',
    '--proxy-user',
    'CORP-UK\\testuser:wrong',
  ];
  const { stdout } = await stage.plainCurl(...wrong, stage.http, '-o', '/dev/null', '-w', '%{http_code}');
  expect(stdout).toBe('407');
  expect(stage.evidence.of('authentication').at(-1)).toMatchObject({
    step: 'refused',
    reason: 'the password is wrong',
  });
  await stage.proxy.setCredentials({ user: 'testuser', password: 'wrong' });
  expect((await stage.plainCurl(...wrong, stage.http)).stdout).toBe('the origin got 0 bytes');
  await stage.proxy.setCredentials(undefined);
  expect((await stage.plainCurl(...wrong, stage.http)).stdout).toBe('Proxy credentials required.\n');
});

it("takes libcurl's user names in ASCII only, and says why", async () => {
  await using stage = await ProxyStage.create({ kind: 'keep-alive', auth: { ...spec.auth, user: 'müller' } });
  await curl(stage, stage.http);
  expect(stage.evidence.of('authentication').at(-1)?.reason).toMatch(/came as UTF-8, which NTLM does not have/);
});

it('keeps every form of the password out of the record', async () => {
  await using stage = await ProxyStage.create(spec);
  stage.answer = (_, response) => response.end(`${stage.proxy.url} CORP-UK\\testuser:Sesame-42`);
  await curl(stage, stage.http);
  const record = JSON.stringify(stage.ledger.events);
  expect(record).not.toContain('Sesame');
  expect(record).toContain('NTLM «unknown ');
});

/** Says something on a bare connection, and gives the status and the challenge that come back. */
async function ask(stage: ProxyStage, client: RawClient, authorization?: string, body?: string) {
  client.text = '';
  const lines = [`POST ${stage.http}/x HTTP/1.1`, 'Host: x', `Content-Length: ${body?.length ?? 0}`];
  client.say(...lines, ...(authorization === undefined ? [] : [`Proxy-Authorization: ${authorization}`]));
  if (body !== undefined) client.socket.write(body);
  const [, status] = await client.hears(/^HTTP\/1\.1 (\d+)[\s\S]*(?:required\.\n|got \d+ bytes)$/);
  const challenge = /Proxy-Authenticate: (NTLM \S+)\r/i.exec(client.text)?.[1];
  return { status, challenge: messageIn(challenge) };
}

const byHand = { kind: 'keep-alive', auth: { scheme: 'ntlm', ...ACCOUNT } } as const;

test('a body that comes with the first message is read to its end, and counted', async () => {
  await using stage = await ProxyStage.create(byHand);
  const client = stage.connect();
  const body = 'x'.repeat(300_000);
  const { challenge } = await ask(stage, client, header(negotiate()), body);
  expect(await ask(stage, client, header(authenticate(challenge)), 'abc')).toMatchObject({ status: '200' });
  expect(stage.evidence.proxy().map((each) => each.body?.bytes)).toEqual([300_000, 3]);
  expect(stage.seen.map((each) => each.body)).toEqual(['abc']);
  expect(connections(stage)).toBe(1);
});

test('a message is good for its own connection, and once', async () => {
  await using stage = await ProxyStage.create(byHand);
  const [client, other] = [stage.connect(), stage.connect()];
  const { challenge } = await ask(stage, client, header(negotiate()));
  await ask(stage, other, header(negotiate()));
  const message = header(authenticate(challenge));
  expect((await ask(stage, other, message)).status).toBe('407');
  expect((await ask(stage, client, message)).status).toBe('200');
  expect((await ask(stage, client)).status).toBe('200');
  expect((await ask(stage, client, message)).status).toBe('407');
  expect((await ask(stage, client)).status).toBe('407');
  expect(steps(stage)).toEqual(['challenged', 'challenged', 'refused', 'granted', 'refused']);
});

// As Docker's daemon asks a registry over plain http, and Python's urllib everything.
test('a client that has the connection closed cannot log in, and the record says why', async () => {
  await using stage = await ProxyStage.create(byHand);
  const client = stage.connect();
  const authorization = `Proxy-Authorization: ${header(negotiate())}`;
  client.say(`GET ${stage.http}/ HTTP/1.1`, 'Host: x', 'Connection: close', authorization);
  await client.ends();
  expect(client.text).toMatch(/^HTTP\/1\.1 407 [\s\S]*Proxy-Authenticate: NTLM\r\n/i);
  expect(stage.evidence.of('authentication').map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^it has the connection closed after the answer/),
  ]);
});

test('the fault trusts-anybody takes whatever it is offered, after a challenge', async () => {
  await using stage = await ProxyStage.create(byHand);
  const client = stage.connect();
  {
    using _ = stage.proxy.inject({ fault: 'trusts-anybody' });
    expect((await ask(stage, client)).status).toBe('407');
    const { challenge, status } = await ask(stage, client, header(negotiate()));
    expect(status).toBe('407');
    const wrong = header(authenticate(challenge, { password: 'wrong' }));
    expect((await ask(stage, client, wrong)).status).toBe('200');
    expect((await ask(stage, client)).status).toBe('200');
    expect(stage.strikes('trusts-anybody')).toBe(2);
  }
  expect((await ask(stage, client)).status).toBe('407');
});

it.each([
  [{ kind: 'basic', auth: spec.auth }, /proxy-chain knows no NTLM: declare a proxy of kind keep-alive/],
  [{ kind: 'keep-alive', auth: { ...spec.auth, domain: 'A\\B' } }, /must not contain a backslash/],
] as const)('is not asked of what cannot do it: %j', async (impossible, message) => {
  await expect(ProxyStage.create(impossible)).rejects.toThrow(message);
});

test('proxy-chain decides itself whom it trusts', async () => {
  await using stage = await ProxyStage.create({ kind: 'basic' });
  expect(() => stage.proxy.inject({ fault: 'trusts-anybody' })).toThrow(/proxy-chain itself decides who is let in/);
});
