import { describe, expect, it, test } from 'vitest';
import { hmacMd5, ntlmv2Hash, rc4 } from '../../../harness/ntlm/index.ts';
import type { AuthScheme, ClaimVerdict, Conversation } from '../../../harness/proxy/auth/index.ts';
import { readAuthenticate } from '../../../harness/proxy/auth/ntlm/authenticate-message.ts';
import { readTargetInfo } from '../../../harness/proxy/auth/ntlm/av-pairs.ts';
import type { Challenge } from '../../../harness/proxy/auth/ntlm/challenge-message.ts';
import { ntlmAuthentication } from '../../../harness/proxy/auth/ntlm/index.ts';
import { refusal } from '../../../harness/proxy/auth/ntlm/verify.ts';
import { ACCOUNT, authenticate, header, messageIn, negotiate, type Says } from './client.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

function scheme(options: { timestamp?: boolean } = {}): AuthScheme {
  let made = 0;
  return ntlmAuthentication(() => ACCOUNT, {
    domain: ACCOUNT.domain,
    random: (size) => Buffer.alloc(size, ++made),
    ...(options.timestamp === false ? {} : { now: () => NOW }),
  });
}

const say = (client: Conversation, authorization?: string): ClaimVerdict =>
  client.next({ method: 'GET', target: 'http://x/', authorization, persistent: true });

/** Begins a handshake. @returns the challenge */
function challenged(client: Conversation, says: Says = {}): Buffer {
  const verdict = say(client, header(negotiate(says)));
  expect(verdict.told).toEqual({ step: 'challenged' });
  return messageIn(verdict.granted ? undefined : verdict.challenges[0]);
}

/** A whole handshake on a new connection. */
function handshake(says: Says = {}, of: AuthScheme = scheme()): ClaimVerdict {
  const client = of.converse();
  return say(client, header(authenticate(challenged(client, says), says)));
}

const whyRefused = (verdict: ClaimVerdict): string => {
  expect(verdict).toMatchObject({ granted: false, challenges: ['NTLM'], told: { step: 'refused' } });
  return verdict.told?.reason ?? '';
};

describe('the example of [MS-NLMP] section 4.2.4', () => {
  const message = Buffer.from(
    '4e544c4d53535000030000001800180' +
      '06c00000054005400840000000c000c00480000000800080054000000100010005c00000010001000d8000000358288e2' +
      '0501280a0000000f44006f006d00610069006e00550073006500720043004f004d0050005500540045005200' +
      '86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa' +
      '68cd0ab851e51c96aabc927bebef6a1c01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000' +
      'c5dad2544fc9799094ce1ce90bc9d03e',
    'hex',
  );
  const right = { user: 'User', domain: 'Domain', password: 'Password' };
  const challenge: Challenge = {
    negotiate: { bytes: Buffer.alloc(0), flags: 0 },
    bytes: Buffer.alloc(0),
    flags: 0xe28a8233,
    nonce: Buffer.from('0123456789abcdef', 'hex'),
    target: { domain: 'Domain', computer: 'Server' },
  };
  const verify = (bytes: Buffer): string | undefined =>
    refusal(readAuthenticate(bytes, challenge.flags), challenge, right, []);

  it('is taken', () => {
    expect(verify(message)).toBeUndefined();
    expect(readAuthenticate(message, 0)).toMatchObject({ user: 'User', domain: 'Domain', workstation: 'COMPUTER' });
  });

  it('has the session key of section 4.2.4.2.3', () => {
    const { ntResponse, encryptedSessionKey } = readAuthenticate(message, 0);
    const key = hmacMd5(ntlmv2Hash('User', 'Domain', 'Password'), ntResponse.subarray(0, 16));
    expect(key.toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3');
    expect(rc4(key, encryptedSessionKey)).toEqual(Buffer.alloc(16, 0x55));
  });

  it('is refused with any byte of its response changed', () => {
    for (let at = 0x84; at < 0xd8; at++) {
      const changed = Buffer.from(message);
      changed[at] = (changed[at] ?? 0) ^ 1;
      let why: string | undefined;
      try {
        why = verify(changed);
      } catch (error) {
        why = (error as Error).message;
      }
      expect(why, `byte ${at}`).toBeDefined();
    }
  });
});

describe('a client of other people, as it was recorded (pyspnego 0.12.4: MIC and key exchange)', () => {
  const first = Buffer.from('4e544c4d5353500001000000378208e200000000280000000000000028000000000c04000000000f', 'hex');
  const second = Buffer.from(
    '4e544c4d53535000030000001800180058000000c400c400700000000e000e0034010000100010004201000004000400' +
      '520100001000100056010000358289e2000c04000000000fe68be1dfa6ea9563803daf404b3d1bdc0000000000000000' +
      '00000000000000000000000000000000f7a0ad5ac5441c74f50d0ee49a87b003010100000000000080004074947bdc01' +
      '3ca368fb646edfe70000000002000e0043004f00520050002d0055004b0001000a00500052004f005800590004001800' +
      '63006f00720070002d0075006b002e00740065007300740003002400700072006f00780079002e0063006f0072007000' +
      '2d0075006b002e0074006500730074000700080080004074947bdc010900140068007400740070002f00700072006f00' +
      '780079000600040002000000000000000000000043004f00520050002d0055004b005400650073007400550073006500' +
      '720056004d0067dbceeb19f8ea09747db67f6ecefb7f',
    'hex',
  );
  const proxy = (): Conversation =>
    ntlmAuthentication(() => ACCOUNT, {
      domain: ACCOUNT.domain,
      random: (size) => Buffer.alloc(size, 7),
      now: () => NOW,
    }).converse();

  it('is let in', () => {
    const client = proxy();
    expect(say(client, header(first)).told).toEqual({ step: 'challenged' });
    expect(say(client, header(second))).toMatchObject({ granted: true, told: { user: 'TestUser', workstation: 'VM' } });
  });

  it('is refused when its first message was changed on its way', () => {
    const client = proxy();
    say(client, header(Buffer.concat([first, Buffer.alloc(1)])));
    expect(whyRefused(say(client, header(second)))).toMatch(/^its MIC is wrong/);
  });
});

describe('a handshake', () => {
  it.each<[string, Says]>([
    ['in UTF-16', {}],
    ['in OEM characters', { oem: true }],
    ['with a MIC', { mic: true }],
    ['with a MIC and a key exchange', { mic: true, keyExchange: true }],
    ['with a key exchange alone', { keyExchange: true }],
    ["in another letter case, which a domain's users may write", { user: 'tESTuSER', domain: 'corp-uk' }],
  ])('%s ends well', (_, says) => {
    const { user = ACCOUNT.user, domain = ACCOUNT.domain } = says;
    expect(handshake(says)).toEqual({
      granted: true,
      told: { step: 'granted', user, domain, workstation: 'WORKSTATION' },
    });
  });

  it('ends well without a timestamp in the challenge', () => {
    expect(handshake({}, scheme({ timestamp: false }))).toMatchObject({ granted: true });
  });

  it('tells of the proxy in the challenge', () => {
    const challenge = challenged(scheme().converse());
    const name = challenge.subarray(56, 56 + challenge.readUInt16LE(12));
    expect(name.toString('utf16le')).toBe('CORP-UK');
    expect(challenge.subarray(24, 32)).toEqual(Buffer.alloc(8, 1));
    const target = challenge.subarray(challenge.readUInt32LE(44));
    expect(readTargetInfo(target)).toEqual({
      domain: 'CORP-UK',
      computer: 'PROXY',
      timestamp: (BigInt(NOW) + 11_644_473_600_000n) * 10_000n,
      hasMic: false,
    });
    expect(target.toString('utf16le')).toContain('proxy.corp-uk.test');
  });

  it('authenticates the connection until it closes, and no other one', () => {
    const both = scheme();
    const [client, other] = [both.converse(), both.converse()];
    expect(say(client)).toEqual({ granted: false, challenges: ['NTLM'] });
    say(client, header(authenticate(challenged(client))));
    expect([say(client), say(client)]).toEqual([{ granted: true }, { granted: true }]);
    expect(say(other)).toEqual({ granted: false, challenges: ['NTLM'] });
  });

  it('makes a new challenge each time', () => {
    const of = scheme();
    const nonces = [1, 2, 3].map(() => challenged(of.converse()).subarray(24, 32).toString('hex'));
    expect(new Set(nonces).size).toBe(3);
  });
});

describe('it refuses', () => {
  it.each<[string, Says, string]>([
    ['a wrong password', { password: 'wrong' }, 'the password is wrong'],
    ['a password in another letter case', { password: 'päss w0rd' }, 'the password is wrong'],
    ['a wrong user', { user: 'somebody' }, 'there is no user somebody'],
    ['a wrong domain', { domain: 'ELSEWHERE' }, 'there is no domain ELSEWHERE'],
    ['no domain', { domain: '' }, 'it names no domain'],
    ['a proof made with another domain', { hashedDomain: 'corp-uk' }, 'the password is wrong'],
    ['an empty response', { response: () => Buffer.alloc(0) }, 'it has an LM response alone, and only NTLMv2 is taken'],
    ['nobody', { user: '', response: () => Buffer.alloc(0) }, 'it is anonymous'],
    ['NTLMv1', { response: () => Buffer.alloc(24, 1) }, 'its response is one of NTLMv1, and only NTLMv2 is taken'],
    ['a response cut off', { response: (right) => right.subarray(0, 40) }, 'its response is cut off after 40 bytes'],
    [
      'another version of the response',
      { response: (right) => Buffer.from(right).fill(2, 16, 17) },
      'its response is of version 2.1, which is not NTLMv2',
    ],
    [
      'target information cut off',
      { response: (right) => right.subarray(0, right.length - 12) },
      'its target information is cut off',
    ],
    [
      'target information of another proxy',
      { target: (told) => Buffer.from(told).fill(0x58, 4, 5) },
      "it is meant for another proxy: the domain it repeats is not this one's",
    ],
  ])('%s', (_, says, reason) => {
    expect(whyRefused(handshake(says))).toBe(reason);
  });

  it('a user name in UTF-8, and says what the client cannot do', () => {
    const of = ntlmAuthentication(() => ({ ...ACCOUNT, user: 'müller' }), {
      domain: ACCOUNT.domain,
      random: (size) => Buffer.alloc(size),
    });
    const spread = Buffer.from('müller').toString('latin1');
    expect(whyRefused(handshake({ user: spread }, of))).toMatch(/came as UTF-8/);
    expect(handshake({ user: 'MÜLLER' }, of)).toMatchObject({ granted: true });
  });

  it('everybody while no credentials are right', () => {
    const of = ntlmAuthentication(() => undefined, { domain: 'D', random: (size) => Buffer.alloc(size) });
    expect(whyRefused(handshake({}, of))).toBe('no credentials are right at present');
  });

  it.each([
    ['the MIC itself', () => 72],
    ['the length that is set aside for the workstation', () => 46],
    ['the LM response', (message: Buffer) => message.readUInt32LE(16)],
  ])('a message with a MIC when a bit changes in %s', (_, where) => {
    const client = scheme().converse();
    const message = authenticate(challenged(client), { mic: true });
    const at = where(message);
    message[at] = (message[at] ?? 0) ^ 1;
    expect(whyRefused(say(client, header(message)))).toBe(
      'its MIC is wrong: one of the three messages was changed on its way',
    );
  });

  it('a MIC that is promised and not there, and a session key of another length', () => {
    expect(
      whyRefused(handshake({ target: (told) => Buffer.concat([Buffer.from([6, 0, 4, 0, 2, 0, 0, 0]), told]) })),
    ).toBe('it says that it has a MIC, but has none');
    const client = scheme().converse();
    const message = authenticate(challenged(client, { keyExchange: true }), { keyExchange: true });
    message.writeUInt16LE(8, 52);
    expect(whyRefused(say(client, header(message)))).toBe('its session key has 8 bytes in place of 16');
  });
});

describe('what is replayed', () => {
  it('is refused when nothing was asked', () => {
    const of = scheme();
    const client = of.converse();
    const message = header(authenticate(challenged(client)));
    expect(say(client, message)).toMatchObject({ granted: true });
    const unasked = 'nothing was asked on this connection: it answers another challenge, or is used twice';
    expect(whyRefused(say(client, message))).toBe(unasked);
    expect(say(client), 'the connection has lost what it had').toMatchObject({ granted: false });
    expect(whyRefused(say(of.converse(), message))).toBe(unasked);
  });

  it('is refused where another challenge was made', () => {
    const of = scheme();
    const [client, other] = [of.converse(), of.converse()];
    const message = header(authenticate(challenged(client)));
    challenged(other);
    expect(whyRefused(say(other, message))).toBe('it answers another challenge: it is replayed');
    expect(say(client, message), 'the right connection').toMatchObject({ granted: true });
  });

  it('gets one try for a challenge, and none after a request without credentials', () => {
    const client = scheme().converse();
    const challenge = challenged(client);
    say(client, header(authenticate(challenge, { password: 'wrong' })));
    expect(whyRefused(say(client, header(authenticate(challenge))))).toMatch(/nothing was asked/);
    const next = challenged(client);
    say(client);
    expect(whyRefused(say(client, header(authenticate(next))))).toMatch(/nothing was asked/);
  });
});

describe('malformed messages', () => {
  it.each([
    ['Basic dTpw', 'it is of the scheme Basic, not NTLM'],
    ['NTLM', 'it is not in Base64'],
    ['NTLM !!!!', 'it is not in Base64'],
    [header(Buffer.from('hello')), 'it does not begin as an NTLM message does'],
    [header(negotiate().subarray(0, 12)), 'it is cut off after 12 bytes, before its flags'],
    [header(Buffer.from(negotiate()).fill(2, 8, 9)), 'it is a message of type 2, which no client sends'],
    [header(Buffer.from(negotiate()).fill(0, 13, 14)), 'it does not offer NTLM'],
    [header(Buffer.from(negotiate()).fill(0, 12, 13)), 'it offers no character set'],
    [
      header(Buffer.from(negotiate()).fill(3, 8, 9).subarray(0, 12)),
      'it is cut off after 12 bytes, before the LM response',
    ],
  ])('%s', (authorization, reason) => {
    expect(whyRefused(say(scheme().converse(), authorization))).toBe(reason);
  });

  it('with a workstation outside of a first message', () => {
    const message = negotiate();
    message.writeUInt32LE((message.readUInt32LE(12) | 0x2000) >>> 0, 12);
    message.writeUInt16LE(9, 24);
    message.writeUInt32LE(30, 28);
    expect(whyRefused(say(scheme().converse(), header(message)))).toBe(
      'the workstation is said to be bytes 30 to 39, but the message has only 32',
    );
  });

  it.each([
    ['the LM response', 12],
    ['the NT response', 20],
    ['the domain', 28],
    ['the user', 36],
    ['the workstation', 44],
  ])('with %s outside of a second one, or in its head', (what, field) => {
    for (const [offset, words] of [
      [0xffffff, 'is said to be bytes 16777215 to'],
      [0, 'is said to begin at byte 0, in the head of the message'],
    ] as const) {
      const client = scheme().converse();
      const message = authenticate(challenged(client));
      message.writeUInt32LE(offset, field + 4);
      expect(whyRefused(say(client, header(message)))).toContain(`${what} ${words}`);
    }
  });

  test('cut off anywhere', () => {
    const says = { mic: true, keyExchange: true } as const;
    const client = scheme().converse();
    const whole = authenticate(challenged(client, says), says);
    for (let length = 0; length < whole.length; length++) {
      const cut = authenticate(challenged(client, says), says).subarray(0, length);
      expect(say(client, header(cut)).granted, `${length} of ${whole.length} bytes`).toBe(false);
    }
  });
});
