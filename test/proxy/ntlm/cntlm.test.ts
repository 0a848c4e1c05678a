import { describe, expect, it, vi } from 'vitest';
import { passNtlmv2 } from '../../../harness/recipes/index.ts';
import { noCntlm } from '../../recipes/cntlm-conf/cntlm.ts';
import { ProxyStage } from '../stage.ts';
import { RunningCntlm } from './running-cntlm.ts';

const account = { user: 'testuser', password: 'Sesame-42', domain: 'CORP-UK' } as const;
const parent = () => ProxyStage.create({ kind: 'keep-alive', auth: { scheme: 'ntlm', ...account } });

const AS_ON_THE_PAGE = ['Username     testuser', 'Domain       corp-uk', `Password     ${account.password}`];
const proxyLine = (stage: ProxyStage): string => `Proxy        127.0.0.1:${stage.proxy.port}`;

const answers = (stage: ProxyStage) => stage.evidence.proxy().map(({ method, status }) => `${method} ${status}`);
const refusals = (stage: ProxyStage) =>
  stage.evidence.of('authentication').flatMap(({ step, reason }) => (step === 'refused' ? [reason] : []));

describe.skipIf(noCntlm)(`the real cntlm in front of our parent proxy${noCntlm ? `: ${noCntlm}` : ''}`, () => {
  it('logs in for clients without credentials: GET, POST and CONNECT', async () => {
    await using stage = await parent();
    await using cntlm = await RunningCntlm.start([...AS_ON_THE_PAGE, proxyLine(stage)]);
    expect((await stage.plainCurl('-x', cntlm.url, stage.http)).stdout).toBe('the origin got 0 bytes');
    expect((await stage.plainCurl('-x', cntlm.url, stage.http, '-d', 'abc')).stdout).toBe('the origin got 3 bytes');
    expect((await stage.plainCurl('-x', cntlm.url, stage.https, '-d', 'abcd')).stdout).toBe('the origin got 4 bytes');
    // What a client has heard may be on record a moment later.
    await vi.waitFor(() => {
      const given = answers(stage);
      expect(given[0]).toBe('GET 407');
      // Whether a later request comes by a connection that is logged in depends on how soon cntlm has that one back.
      expect(given.filter((each) => !each.endsWith('407'))).toEqual(['GET 200', 'POST 200', 'CONNECT 200']);
      // The body goes with the message that is taken, never with the first.
      const posts = stage.evidence.proxy().filter(({ method }) => method === 'POST');
      expect(posts.map(({ status, body }) => `${status}: ${body?.bytes ?? 0}`).at(-1)).toBe('200: 3');
      expect(posts.slice(0, -1).every(({ body }) => body === undefined)).toBe(true);
      // It writes the domain in upper case, as the hash has it.
      expect(stage.evidence.of('authentication').at(-1)).toMatchObject({ step: 'granted', domain: 'CORP-UK' });
    });
  });

  it('keeps an authenticated connection for the next request of a client', async () => {
    await using stage = await parent();
    await using cntlm = await RunningCntlm.start([...AS_ON_THE_PAGE, proxyLine(stage)]);
    const { stdout } = await stage.plainCurl('-x', cntlm.url, `${stage.http}/a`, `${stage.http}/b`, `${stage.http}/c`);
    expect(stdout).toBe('the origin got 0 bytes'.repeat(3));
    expect(answers(stage)).toEqual(['GET 407', 'GET 200', 'GET 200', 'GET 200']);
    expect(stage.evidence.of('connection')).toHaveLength(1);
  });

  it('logs in with the hash that the recipe makes', async () => {
    await using stage = await ProxyStage.create({
      kind: 'keep-alive',
      auth: { scheme: 'ntlm', ...account, password: 'p\u00e4ss #"' },
    });
    const hash = passNtlmv2({ username: 'testuser', domain: 'corp-uk', password: 'p\u00e4ss #"' });
    await using cntlm = await RunningCntlm.start([
      ...AS_ON_THE_PAGE.slice(0, 2),
      `PassNTLMv2   ${hash}`,
      proxyLine(stage),
    ]);
    expect((await stage.plainCurl('-x', cntlm.url, stage.http)).stdout).toBe('the origin got 0 bytes');
  });

  it('tries a wrong password once for each request, and passes the 407 on', async () => {
    await using stage = await parent();
    const settings = [...AS_ON_THE_PAGE.slice(0, 2), 'Password wrong', proxyLine(stage)];
    await using cntlm = await RunningCntlm.start(settings);
    const { stdout } = await stage.plainCurl(
      '-x',
      cntlm.url,
      `${stage.http}/a`,
      '-w',
      '%{http_code} %header{proxy-authenticate}',
    );
    expect(stdout).toContain('407 Basic realm="Cntlm for parent"');
    const { code } = await stage.plainCurl('-x', cntlm.url, stage.https);
    expect(code).toBe(56);
    expect(refusals(stage)).toEqual(['the password is wrong', 'the password is wrong']);
  });

  it('goes to the second Proxy when nothing answers at the first, then to the first when nothing does at the second', async () => {
    await using first = await parent();
    await using second = await parent();
    await first.proxy.stop();
    await using cntlm = await RunningCntlm.start([...AS_ON_THE_PAGE, proxyLine(first), proxyLine(second)]);
    // Each parent knows its own origin by the same name, and by another port.
    const ask = async (stage: ProxyStage) => (await stage.plainCurl('-x', cntlm.url, stage.http)).stdout;
    expect(await ask(second)).toBe('the origin got 0 bytes');
    await first.proxy.start();
    expect(await ask(second), 'it stays').toBe('the origin got 0 bytes');
    await second.proxy.stop();
    expect(await ask(first)).toBe('the origin got 0 bytes');
    expect(cntlm.output).toMatch(/Proxy connect failed, will try/);
  });

  it('does not go to the second Proxy when the first takes the connection and refuses the password', async () => {
    await using first = await parent();
    await using second = await parent();
    await first.proxy.setCredentials(undefined);
    await using cntlm = await RunningCntlm.start([...AS_ON_THE_PAGE, proxyLine(first), proxyLine(second)]);
    expect((await first.plainCurl('-x', cntlm.url, first.http)).stdout).toBe('Proxy credentials required.\n');
    expect(second.evidence.proxy()).toEqual([]);
  });
});
