import { describe, expect, it } from 'vitest';
import {
  decodeUserinfo,
  percentDecode,
  percentDecodeBytes,
  percentEncode,
  splitUserinfo,
} from '../../harness/url/index.ts';

describe('percent-decoding', () => {
  it.each([
    ['', ''],
    ['a%40b%3aC', 'a@b:C'],
    ['%C3%A4%F0%9F%98%80', 'ä😀'],
    ['100%', '100%'],
    ['%zz%4', '%zz%4'],
    ['%2540', '%40'],
    ['a+b', 'a+b'],
    ['%00', '\0'],
    ['%EF%BB%BFa', '\uFEFFa'],
    ['ä%41', 'äA'],
    // Bytes that are no UTF-8 stay as they are written.
    ['%FF%41', '%FF%41'],
    ['%C3', '%C3'],
    ['\ud800%41', '\ud800A'],
  ])('of %j gives %j', (encoded, plain) => expect(percentDecode(encoded)).toBe(plain));

  it.each([
    ['%ff%00', [0xff, 0]],
    ['é%', [0xc3, 0xa9, 0x25]],
    ['%e9', [0xe9]],
  ])('of %j gives the bytes %j', (encoded, bytes) => expect([...percentDecodeBytes(encoded)]).toEqual(bytes));
});

describe('percent-encoding', () => {
  it('leaves the unreserved characters alone, and no other', () => {
    const unreserved = 'ABCXYZabcxyz0189-._~';
    expect(percentEncode(unreserved)).toBe(unreserved);
    expect(percentEncode(`:/?#[]@!$&'()*+,;= "%`)).toBe(
      '%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%20%22%25',
    );
  });

  it('is undone by decoding, whatever is encoded', () => {
    for (let code = 0; code < 0x3000; code++) {
      const text = `a${String.fromCodePoint(code)}%41`;
      expect(percentDecode(percentEncode(text))).toBe(text);
    }
    expect(percentDecode(percentEncode('😀\ud800'))).toBe('😀\uFFFD');
  });
});

describe('userinfo', () => {
  it.each([
    ['u:p', 'u', 'p'],
    ['u', 'u', ''],
    ['u:p:q', 'u', 'p:q'],
    [':p', '', 'p'],
    ['', '', ''],
    ['us%3Aer:p%', 'us%3Aer', 'p%'],
  ])('%j is split at its first colon', (userinfo, user, password) =>
    expect(splitUserinfo(userinfo)).toEqual({ user, password }),
  );

  it('is decoded after it is split', () => {
    expect(decodeUserinfo('CORP%5Cus%3Aer:p%40%3A%zz')).toEqual({ user: 'CORP\\us:er', password: 'p@:%zz' });
  });
});
