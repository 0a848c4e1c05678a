import { describe, expect, it } from 'vitest';
import { chooseGoProxy, goNoProxy, goProxyValue, newerGoNoProxy } from '../../harness/clients/go/index.ts';

describe('NO_PROXY as Go reads it', () => {
  it.each([
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.0.0.0/8', 'ten.test', false],
    ['10.0.0.0/99', '10.1.2.3', false],
    ['fd00::/8', 'fd00::1', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3:80', '10.1.2.3', true],
    ['10.1.2.3:81', '10.1.2.3', false],
    ['[fd00::1]:80', 'fd00::1', true],
    ['a.test,b.test', 'b.test', true],
    ['*.test', 'test', false],
    [':80', 'a.test', false],
    ['172.17.*', '172.17.0.1', false],
    // However an address is written.
    ['FD00:0:0::1', 'fd00::1', true],
    ['10.0.0.0/8', '::ffff:a01:203', true],
    ['::ffff:10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '0:0:0:0:0:ffff:10.1.2.3', true],
    ['[fd00::1]', 'fd00::1', false],
    ['a.test:http', 'a.test', false],
    ['a.test:', 'a.test', true],
    ['bücher.test', 'xn--bcher-kva.test', true],
    ['.xn--bcher-kva.test', 'a.bücher.test', true],
    ['other.test,*', 'a.test', true],
    ['[', 'a.test', false],
    ['a.test:80:80', 'a.test', false],
  ])('%s, for %s port 80: %s', (list, host, bypassed) => expect(goNoProxy(list, host, 80)).toBe(bypassed));
});

describe('NO_PROXY as a newer Go reads it', () => {
  it.each([
    ['.2.3', '10.1.2.3', false],
    ['3', '10.1.2.3', false],
    ['*', '10.1.2.3', true],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.1.2.3:80', '10.1.2.3', true],
    ['[fd00::1]:80', 'fd00::1', true],
    ['.test', 'a.test', true],
    ['10.0.0.0/8,a.test', 'a.test', true],
  ])('%s, for %s port 80: %s', (list, host, bypassed) => expect(newerGoNoProxy(list, host, 80)).toBe(bypassed));

  it('is as before but for the ends of addresses', () => {
    expect(goNoProxy('.2.3', '10.1.2.3', 80)).toBe(true);
  });
});

describe("a proxy's value as Go reads it", () => {
  it.each([
    ['http://p:3128', { scheme: 'http', host: 'p', port: 3128, userinfo: undefined }],
    ['p:3128', { scheme: 'http', host: 'p', port: 3128, userinfo: undefined }],
    ['HTTPS://p', { scheme: 'https', host: 'p', port: 443, userinfo: undefined }],
    ['http://p:', { scheme: 'http', host: 'p', port: 80, userinfo: undefined }],
    ['http://u:a@b@p/x', { scheme: 'http', host: 'p', port: 80, userinfo: 'u:a@b' }],
    ['http://[::1]:8080', { scheme: 'http', host: '::1', port: 8080, userinfo: undefined }],
    ['http://@p:1', { scheme: 'http', host: 'p', port: 1, userinfo: '' }],
    ['http://p:1/?100%', { scheme: 'http', host: 'p', port: 1, userinfo: undefined }],
  ])('%s', (text, proxy) => expect(goProxyValue(text)).toEqual({ proxy }));

  it.each([
    // What should be a scheme, or a part of the password, becomes a host.
    ['http://p:port', /lookup http: no such host/],
    ['http://p:3128 ', /lookup http: no such host/],
    ['http://a b:1', /lookup http: no such host/],
    ['ftp://p:21', /lookup ftp: no such host/],
    ['http://CORP\\u:p@p:3128', /lookup http: no such host/],
    ['"http://p:3128"', /lookup "http: no such host/],
    ['http://', /dial tcp :80/],
    ['http:/p:3128', /dial tcp :80/],
    ['http:p:3128', /dial tcp :80/],
    ['//p:3128', /dial tcp :80/],
    ['socks5://p:1080', /socks5/],
    ['http://p:99999', /p:99999: invalid port/],
  ])('%s cannot be asked', (text, why) =>
    expect(goProxyValue(text)).toMatchObject({ why: expect.stringMatching(why) }),
  );

  it.each(['', ' http://p:3128', 'http://u:100%@p:3128', 'p:port', 'http://p\n:1'])(
    '%j is no proxy, without a word',
    (text) => expect(goProxyValue(text)).toBeUndefined(),
  );
});

describe("Go's choice", () => {
  const target = { scheme: 'http', host: 'a.test', port: 80 } as const;

  it.each([
    ['what it cannot read, before anything else', { http_proxy: ' http://p', REQUEST_METHOD: 'GET' }, 'direct'],
    ['http in a CGI environment, in lower case, too', { http_proxy: 'http://p', REQUEST_METHOD: 'GET' }, 'error'],
    ['NO_PROXY, before it asks who cannot be asked', { HTTP_PROXY: 'http://', NO_PROXY: 'a.test' }, 'direct'],
    ['no_proxy where NO_PROXY is empty', { HTTP_PROXY: 'p', NO_PROXY: '', no_proxy: 'a.test' }, 'direct'],
    ['the variable of the scheme alone', { HTTPS_PROXY: 'p' }, 'direct'],
  ])('heeds %s', (_, env, via) => expect(chooseGoProxy(env, target).via).toBe(via));

  it.each(['localhost', '127.9.9.9', '::1', '::ffff:7f00:1'])('never sends %s to a proxy', (host) =>
    expect(chooseGoProxy({ HTTP_PROXY: 'p' }, { ...target, host }).via).toBe('direct'),
  );
});
