import { describe, expect, it } from 'vitest';
import { type CntlmConf, cntlmConf, passNtlmv2, readCntlmConf } from '../../../harness/recipes/index.ts';

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

const values = (text: string) => readCntlmConf(text).settings.map(({ key, value }) => [key, value]);

describe('writing', () => {
  it('is the page', () => {
    expect(cntlmConf(conf)).toBe(page.replace(' # Change to your docker0 interface IP', ''));
  });

  it('keeps the hash in place of the password', () => {
    const text = cntlmConf({ ...conf, keep: 'PassNTLMv2' });
    expect(values(text)).toContainEqual(['PassNTLMv2', '1F6839EE15E639893286CF65C5D0A65C']);
    expect(text).not.toMatch(/Password|password/);
  });

  it.each(['a#b', ' leading', 'trailing ', 'a b', ';x', '#', 'a"b', 'a;b', 'back\\slash', '$HOME', "it's", '%41'])(
    'carries the password %j',
    (password) => {
      expect(values(cntlmConf({ ...conf, password }))).toContainEqual(['Password', password]);
    },
  );

  it.each<[Partial<CntlmConf>, RegExp]>([
    [{ password: 'a#"b' }, /Password .* neither written as it is nor in quotation marks/],
    [{ password: 'p\u00e4ss' }, /not ASCII, and cntlm garbles them\. Keep it as PassNTLMv2/],
    [{ password: 'x'.repeat(50) }, /more than the 49 characters/],
    [{ password: '' }, /password is empty/],
    [{ username: 'm\u00fcller' }, /Username in cntlm.conf has characters that are not ASCII/],
    [{ domain: 'd'.repeat(50) }, /Domain in cntlm.conf has 50 characters; cntlm keeps 49/],
    [{ username: 'u'.repeat(40), domain: 'd'.repeat(25) }, /more than the 64 characters that cntlm hashes/],
    [{ proxies: [] }, /needs a Proxy/],
    [{ proxies: ['proxy.test'] }, /must be a host with a port/],
  ])('says what it cannot write: %j', (differs, message) => {
    expect(() => cntlmConf({ ...conf, ...differs })).toThrow(message);
  });

  it('hashes what it cannot write', () => {
    const text = cntlmConf({ ...conf, password: 'p\u00e4ss#"', keep: 'PassNTLMv2' });
    expect(text).toContain(passNtlmv2({ ...conf, password: 'p\u00e4ss#"' }));
  });
});

it('reads the page, its comment included', () => {
  expect(readCntlmConf(page)).toEqual({
    ignored: [],
    settings: [
      { line: 1, key: 'Username', value: 'testuser', cutAtHash: false },
      { line: 2, key: 'Domain', value: 'corp-uk', cutAtHash: false },
      { line: 3, key: 'Password', value: 'password', cutAtHash: false },
      { line: 4, key: 'Proxy', value: '10.0.0.41:8080', cutAtHash: false },
      { line: 5, key: 'Proxy', value: '10.0.0.42:8080', cutAtHash: false },
      { line: 6, key: 'Listen', value: '172.17.0.1:3128', cutAtHash: false },
    ],
  });
});
