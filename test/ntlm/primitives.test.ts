import { describe, expect, it } from 'vitest';
import { hmacMd5, md4, ntHash, ntlmv2Hash, rc4, upperCase, utf16 } from '../../harness/ntlm/index.ts';

describe('MD4', () => {
  // RFC 1320 appendix A.5.
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      'e33b4ddc9c38f2199c3e7b164fcc0536',
    ],
  ])('of %j', (text, digest) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
  });

  // By `openssl dgst -provider legacy -md4`.
  it.each([
    [55, '2df5a83f688f18c0866c64173be82a8f'],
    [56, '7b9b4593cd9322ea492cf0bcdd84f0ae'],
    [63, '594697fc0810937e0e899a65911293b5'],
    [64, '2f6f7b10c5cadca6d5770f428c899ba7'],
    [65, '4fc27bbf517522311018663e59ced7a5'],
  ])('of %d zeros, where the length no longer fits into the last block', (length, digest) => {
    expect(md4(Buffer.alloc(length)).toString('hex')).toBe(digest);
  });
});

describe('RC4', () => {
  // RFC 6229 has key streams: what zeros become.
  it.each([
    ['0102030405', 'b2396305f03dc027ccc3524a0a1118a8'],
    ['0102030405060708090a0b0c0d0e0f10', '9ac7cc9a609d1ef7b2932899cde41b97'],
  ])('with the key %s', (key, stream) => {
    expect(rc4(Buffer.from(key, 'hex'), Buffer.alloc(16)).toString('hex')).toBe(stream);
  });
});

// [MS-NLMP] section 4.2.1: user "User", password "Password", domain "Domain".
describe('hashes', () => {
  it('of a password (4.2.2.1.2)', () => {
    expect(ntHash('Password').toString('hex')).toBe('a4f49c406510bdcab6824ee7c30fd852');
  });

  it('of a user of a domain (4.2.4.1.1)', () => {
    expect(ntlmv2Hash('User', 'Domain', 'Password').toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
  });

  it("take the user's letter case away, not the domain's", () => {
    const hash = ntlmv2Hash('User', 'Domain', 'Password');
    expect(ntlmv2Hash('uSER', 'Domain', 'Password')).toEqual(hash);
    expect(ntlmv2Hash('User', 'DOMAIN', 'Password')).not.toEqual(hash);
  });

  it('make nothing longer by upper case', () => {
    expect(upperCase('straße ﬁ é ß')).toBe('STRAßE ﬁ É ß');
  });

  it('are made of parts as of the whole', () => {
    const key = Buffer.from('k');
    expect(hmacMd5(key, Buffer.from('ab'), Buffer.from('c'))).toEqual(hmacMd5(key, Buffer.from('abc')));
    expect(utf16('é').toString('hex')).toBe('e900');
  });
});
