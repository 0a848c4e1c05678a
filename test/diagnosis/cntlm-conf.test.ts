import { describe, expect, it } from 'vitest';
import { type CntlmSurroundings, checkCntlmConf } from '../../harness/diagnosis/index.ts';
import { type CntlmConf, cntlmConf } from '../../harness/recipes/index.ts';

const page = `Username     testuser
Domain       corp-uk
Password     password
Proxy        10.0.0.41:8080
Proxy        10.0.0.42:8080
Listen       172.17.0.1:3128 # Change to your docker0 interface IP
`;

const conf: CntlmConf = {
  username: 'testuser',
  domain: 'corp-uk',
  password: 'password',
  proxies: ['10.0.0.41:8080', '10.0.0.42:8080'],
  listen: '172.17.0.1:3128',
};

describe('checking', () => {
  const remarks = (text: string, surroundings: CntlmSurroundings = {}) =>
    checkCntlmConf(text, surroundings).map(({ level, line, says }) => `${level} ${line ?? '-'}: ${says}`);
  const hashed = cntlmConf({ ...conf, keep: 'PassNTLMv2' });

  it('has nothing against the page but its plain password', () => {
    expect(remarks(page, { bridgeAddress: '172.17.0.1', mode: 0o600 })).toEqual([
      'note 3: The password stands here as it is, good for everything that this account may do.',
    ]);
    expect(remarks(hashed, { bridgeAddress: '172.17.0.1', mode: 0o600 })).toEqual([]);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ['no Proxy', (text) => text.replace(/^Proxy.*\n/gm, ''), /^error -: There is no Proxy, so cntlm ends/],
    ['a Proxy without a port', (text) => text.replace(':8080', ''), /^error 4: Proxy 10.0.0.41 names no port/],
    ['a URL', (text) => text.replace('10.0.0.41', 'http://10.0.0.41'), /^error 4: Proxy is a URL here/],
    ['no Listen', (text) => text.replace(/^Listen.*\n/m, ''), /^error -: There is no Listen, so cntlm opens no port/],
    [
      'every address',
      (text) => text.replace('172.17.0.1', '0.0.0.0'),
      /^error 6: Listen 0.0.0.0:3128 is every address/,
    ],
    ['no address', (text) => text.replace('172.17.0.1:', ''), /^error 6: Listen 3128 has no address. cntlm takes 127/],
    [
      'loopback',
      (text) => text.replace('172.17.0.1', '127.0.0.1'),
      /^error 6: Listen 127.0.0.1:3128 is the machine's own/,
    ],
    ['an interface', (text) => text.replace('172.17.0.1', 'docker0'), /^error 6: Listen docker0:3128 has a name/],
    [
      'another address',
      (text) => text.replace('172.17.0.1', '172.18.0.1'),
      /^error 6: Listen 172.18.0.1:3128 is not docker0's/,
    ],
    ['no port', (text) => text.replace(':3128', ':'), /^error 6: Listen 172.17.0.1: names no port/],
    [
      'Gateway and no address',
      (text) => `${text.replace('172.17.0.1:', '')}Gateway yes\n`,
      /^error 6: With Gateway yes, Listen 3128 is every address of the machine, so everybody/,
    ],
    ['Gateway for nothing', (text) => `${text}Gateway yes\n`, /^note 7: Gateway does nothing here/],
    ['a last line without its end', (text) => text.trimEnd(), /^error 6: cntlm does not see this line.*last line/],
    [
      'a # in the password',
      (text) => text.replace('password\n', 'pass#word\n'),
      /^error 3: The password is cut at its #/,
    ],
    [
      'a password that is no value',
      (text) => text.replace('password\n', '#word\n'),
      /^error 3: cntlm does not see this line/,
    ],
    ['an open quotation mark', (text) => text.replace('password\n', '"word\n'), /^error 3: .* and none ends it/],
    [
      'a long password',
      (text) => text.replace('password\n', `${'x'.repeat(50)}\n`),
      /^error 3: Password has 50 characters/,
    ],
    [
      'a password beyond ASCII',
      (text) => text.replace('password\n', 'p\u00e4ss\n'),
      /^error 3: Password has characters that are not ASCII/,
    ],
    ['no password', (text) => text.replace(/^Password.*\n/m, ''), /^error -: There is neither Password nor a hash/],
    ['both', (text) => `${text}PassNTLMv2 00\n`, /^warning 7: There are both Password and PassNTLMv2/],
    ['half a hash', (text) => text.replace(/^Password.*/m, 'PassNTLMv2 00'), /^error 3: PassNTLMv2 has not 32 hex/],
    ['an old scheme', (text) => `${text}Auth NT\n`, /^warning 7: Auth NT is older than NTLMv2/],
    ['no Username', (text) => text.replace(/^Username.*\n/m, ''), /^error -: There is no Username/],
    ['no Domain', (text) => text.replace(/^Domain.*\n/m, ''), /^error -: There is no Domain/],
    [
      'a domain in the user',
      (text) => text.replace('testuser', 'corp-uk\\testuser'),
      /^error 1: Username holds a domain/,
    ],
    [
      'a long account',
      (text) => text.replace('testuser', 'u'.repeat(49)).replace('corp-uk', 'd'.repeat(16)),
      /^error 1: Username and Domain have more than 64/,
    ],
    ['a second user', (text) => `${text}Username other\n`, /^error 7: Username stands in line 1 already/],
    ['a typing error', (text) => text.replace('Username', 'User'), /^error 1: User is no keyword of cntlm's/],
  ])('sees %s', (_, change, expected) => {
    const found = remarks(change(page), { bridgeAddress: '172.17.0.1', mode: 0o600 });
    expect(
      found.filter((each) => expected.test(each)),
      found.join('\n'),
    ).toHaveLength(1);
  });

  it('sees that others can read it', () => {
    expect(remarks(page, { mode: 0o644 })).toEqual([
      expect.stringMatching(/^warning 3: .* and with it the password\.$/),
    ]);
    expect(remarks(hashed, { mode: 0o644 })).toEqual([expect.stringMatching(/^warning 3: .* as good as the password/)]);
  });

  it('repeats no password', () => {
    const text = page.replace('password\n', 'Sesame#42\nPassword Sesame\n');
    expect(JSON.stringify(checkCntlmConf(text, { mode: 0o644 }))).not.toContain('Sesame');
  });
});
