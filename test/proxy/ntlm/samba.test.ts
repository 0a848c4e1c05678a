import { describe, expect, it } from 'vitest';
import { ntlmAuthentication } from '../../../harness/proxy/auth/ntlm/index.ts';
import { ACCOUNT, authenticate, header, messageIn, negotiate, type Says } from './client.ts';
import { noSamba, Samba } from './samba.ts';

const ours = (timestamp = true) =>
  ntlmAuthentication(() => ACCOUNT, {
    domain: ACCOUNT.domain,
    random: (size) => Buffer.alloc(size, 7),
    ...(timestamp ? { now: Date.now } : {}),
  }).converse();

const claim = (authorization: string) => ({ method: 'GET', target: 'http://x/', authorization, persistent: true });

describe.skipIf(noSamba)(`an independent peer: Samba's ntlm_auth${noSamba ? `: ${noSamba}` : ''}`, () => {
  it.each<[string, Says]>([
    ['a right one', {}],
    ['one in OEM characters', { oem: true }],
    ['one with a MIC', { mic: true }],
    ['one with a MIC and a key exchange', { mic: true, keyExchange: true }],
    ['another letter case', { user: 'tESTuSER', domain: 'corp-uk' }],
    ['a wrong password', { password: 'wrong' }],
    ['a proof made with another domain', { hashedDomain: 'corp-uk' }],
    ['an empty response', { response: () => Buffer.alloc(0) }],
    ['NTLMv1', { response: () => Buffer.alloc(24, 1) }],
    ['a response cut off', { response: (right) => right.subarray(0, 40) }],
    ['another version', { response: (right) => Buffer.from(right).fill(2, 16, 17) }],
    ['target information cut off', { response: (right) => right.subarray(0, right.length - 12) }],
    ['target information of another proxy', { target: (told) => Buffer.from(told).fill(0x58, 4, 5) }],
  ])('judges as ours does: %s', async (_, says) => {
    await using samba = new Samba('server', ACCOUNT);
    const { message: challenge } = await samba.ask('YR', negotiate(says));
    const { code } = await samba.ask('KK', authenticate(challenge, says));
    const mine = ours();
    const asked = mine.next(claim(header(negotiate(says))));
    const verdict = mine.next(claim(header(authenticate(messageIn(asked.granted ? '' : asked.challenges[0]), says))));
    expect(code).toBe(verdict.granted ? 'AF' : 'NA');
  });

  it.each([true, false])('is let in as a client; the challenge tells the time: %s', async (timestamp) => {
    await using samba = new Samba('client', ACCOUNT);
    const mine = ours(timestamp);
    const first = await samba.ask('YR');
    const asked = mine.next(claim(header(first.message)));
    const second = await samba.ask('TT', messageIn(asked.granted ? '' : asked.challenges[0]));
    expect(mine.next(claim(header(second.message)))).toMatchObject({
      granted: true,
      told: { user: ACCOUNT.user, domain: ACCOUNT.domain },
    });
  });

  it('is refused as a client with a wrong password', async () => {
    await using samba = new Samba('client', { ...ACCOUNT, password: 'wrong' });
    const mine = ours();
    const asked = mine.next(claim(header((await samba.ask('YR')).message)));
    const { message } = await samba.ask('TT', messageIn(asked.granted ? '' : asked.challenges[0]));
    expect(mine.next(claim(header(message)))).toMatchObject({
      granted: false,
      told: { reason: 'the password is wrong' },
    });
  });
});
