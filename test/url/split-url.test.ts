import { describe, expect, it } from 'vitest';
import { splitUrl } from '../../harness/url/index.ts';
import { randomNumbers, SEED } from '../fuzz.ts';

const parts = (given: Partial<ReturnType<typeof splitUrl>>) => ({
  scheme: undefined,
  userinfo: undefined,
  host: '',
  port: undefined,
  rest: '',
  ...given,
});

describe('a URL as somebody wrote it', () => {
  it.each([
    ['http://p:3128', { scheme: 'http', host: 'p', port: '3128' }],
    ['HTTP://P', { scheme: 'http', host: 'P' }],
    ['p:3128/', { host: 'p', port: '3128', rest: '/' }],
    ['//p', { rest: '//p' }],
    ['http://p?q#f', { scheme: 'http', host: 'p', rest: '?q#f' }],
    ['http://p/a://b@c', { scheme: 'http', host: 'p', rest: '/a://b@c' }],
    ['p?x=http://q', { host: 'p', rest: '?x=http://q' }],
    ['unix:///run/docker.sock', { scheme: 'unix', rest: '/run/docker.sock' }],
    // Userinfo, with what people forget to encode.
    ['http://u:p@h:1', { scheme: 'http', userinfo: 'u:p', host: 'h', port: '1' }],
    ['u:a@b:c@h', { userinfo: 'u:a@b:c', host: 'h' }],
    ['http://@h', { scheme: 'http', userinfo: '', host: 'h' }],
    ['http://u:%40%zz@h', { scheme: 'http', userinfo: 'u:%40%zz', host: 'h' }],
    ['http://u:p/w@h', { scheme: 'http', host: 'u', port: 'p', rest: '/w@h' }],
    // Ports.
    ['http://h:/x', { scheme: 'http', host: 'h', port: '', rest: '/x' }],
    ['http://h:port', { scheme: 'http', host: 'h', port: 'port' }],
    ['http://:8080', { scheme: 'http', port: '8080' }],
    // IPv6.
    ['http://[fd00::1]:8080/', { scheme: 'http', host: 'fd00::1', port: '8080', rest: '/' }],
    ['http://u@[::1]', { scheme: 'http', userinfo: 'u', host: '::1' }],
    ['[fe80::1%25eth0]', { host: 'fe80::1%25eth0' }],
    ['http://fd00::1', { scheme: 'http', host: 'fd00', port: ':1' }],
    ['http://[::1', { scheme: 'http', host: '[', port: ':1' }],
    // No URL at all.
    ['', {}],
    ['://', { scheme: '' }],
    ['http://', { scheme: 'http' }],
    [' http://p ', { scheme: ' http', host: 'p ' }],
    ['"http://p"', { scheme: '"http', host: 'p"' }],
    ['http://bücher.test:1', { scheme: 'http', host: 'bücher.test', port: '1' }],
    ['http://p\n/x\ny', { scheme: 'http', host: 'p\n', rest: '/x\ny' }],
    ['\ud800@\ud800', { userinfo: '\ud800', host: '\ud800' }],
  ])('%j', (text, expected) => expect(splitUrl(text)).toEqual(parts(expected)));

  it(`never throws, and is as URL has it where both can read it (seed ${SEED})`, () => {
    const random = randomNumbers(SEED);
    const ALPHABET = ['http', '://', ':', '/', '@', '[', ']', '%', '%4', '%40', '?', '#', 'a.b', '::1', '80', 'é', ' '];
    let compared = 0;
    for (let i = 0; i < 20_000; i++) {
      const length = 1 + random(8);
      const made = Array.from({ length }, () => ALPHABET[random(ALPHABET.length)]).join('');
      const text = i % 2 === 0 ? made : `http://a${made}`;
      const read = splitUrl(text);
      expect(read.host.length).toBeLessThanOrEqual(text.length);
      if (!/^http:\/\/[^/@\s]/.test(text) || !URL.canParse(text) || /[%é ]/.test(text)) continue;
      // Numbers alone are an IPv4 address to it.
      if (/^[\d.]*$/.test(read.host)) continue;
      const url = new URL(text);
      expect(url.hostname.replace(/^\[|\]$/g, ''), text).toBe(read.host);
      expect(url.port, text).toBe(read.port === '80' ? '' : (read.port ?? ''));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(50);
  });
});
