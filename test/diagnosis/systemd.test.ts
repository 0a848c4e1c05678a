import { describe, expect, it } from 'vitest';
import { checkDropIn, checkLoaded } from '../../harness/diagnosis/index.ts';
import { dropIn } from '../../harness/recipes/index.ts';

const PAGE = { HTTP_PROXY: 'http://172.17.0.1:3128/', HTTPS_PROXY: 'http://172.17.0.1:3128/' };

const both = (value: string): string =>
  `[Service]\nEnvironment="HTTP_PROXY=${value}"\nEnvironment="HTTPS_PROXY=${value}"\n`;

describe('a check', () => {
  const said = (text: string): string[] => checkDropIn(text).map(({ level, line, says }) => `${level} ${line} ${says}`);

  it('has nothing to say of what is right', () => {
    expect(said(dropIn(PAGE))).toEqual([]);
    expect(said(dropIn({ http_proxy: 'http://p:1', https_proxy: 'http://p:1', NO_PROXY: 'a,b' }))).toEqual([]);
  });

  it.each([
    ['a section in small letters', dropIn(PAGE).replace('Service', 'service'), /^error 2 This stands in \[service\]/],
    ['a section of many', dropIn(PAGE).replace('Service', 'Services'), /^error 2 This stands in \[Services\]/],
    ['no section', dropIn(PAGE).replace('[Service]\n', ''), /^error 1 This stands before the first section/],
    ['a key in small letters', dropIn(PAGE).replace(/Env/g, 'env'), /^error 2 environment= is unknown/],
    [
      'a misspelled key',
      dropIn(PAGE).replace(/iron/g, 'ron'),
      /^error 2 Envrmment= is unknown|^error 2 Envronment= is unknown/,
    ],
    ['a variable for a key', `[Service]\nHTTP_PROXY=http://p:1\n`, /^error 2 HTTP_PROXY= is a variable/],
    ['a missing quotation mark', '[Service]\nEnvironment="HTTP_PROXY=http://p:1\n', /^error 2 .*not closed/],
    [
      'no quotation marks around a space',
      '[Service]\nEnvironment=HTTP_PROXY=http://p:1 https_proxy\n',
      /no NAME=value/,
    ],
    ['a percent-encoded password', both('http://u:p%40ss@p:1'), /^error 2 .*%4 in HTTP_PROXY is no specifier/],
    [
      'a percent sign that means something',
      both('http://u:%C3%A9@p:1'),
      /^error 2 systemd replaces %C and %A in HTTP_PROXY/,
    ],
    ['a backslash', both('http://corp\\user:pw@p:1'), /^error 2 .*\\u is no escape/],
    ['no port', both('http://p/'), /names no port/],
    ['https for a plain proxy', both('https://p:3128'), /speaks TLS/],
    ['no scheme', both('p:3128'), /has no scheme/],
    ['one variable of two', '[Service]\nEnvironment="HTTP_PROXY=http://p:1"\n', /There is no HTTPS_PROXY/],
    ['none', '[Service]\n', /gives the service no proxy/],
    ['a conflict', dropIn({ ...PAGE, http_proxy: 'http://q:1' }), /HTTP_PROXY and http_proxy differ/],
    ['a password', dropIn({ ...PAGE, HTTP_PROXY: 'http://u:pw@p:1' }), /^note 2 HTTP_PROXY holds a password/],
  ])('finds %s', (_, text, expected) => {
    expect(said(text)).toContainEqual(expect.stringMatching(expected));
  });

  it('does not mind localhost, which is the host', () => {
    expect(said(both('http://127.0.0.1:3128'))).toEqual([]);
  });

  it('never shows a password', () => {
    for (const value of ['http://u:sec%40ret@p', 'http://u:sec ret@p', 'https://u:sec"ret@p', 'u:%Asec\\ret@p:1']) {
      expect(JSON.stringify(checkDropIn(both(value)))).not.toMatch(/sec|ret@/);
    }
  });
});

describe('what is loaded', () => {
  const shown = `Environment=HTTP_PROXY=${PAGE.HTTP_PROXY} HTTPS_PROXY=${PAGE.HTTPS_PROXY}\n`;
  const running = new Map(Object.entries({ ...PAGE, PATH: '/bin' }));

  it('is as written', () => {
    expect(checkLoaded(dropIn(PAGE), { service: 'docker', shown, running })).toEqual([]);
    expect(checkLoaded(dropIn(PAGE), { service: 'docker', shown })).toEqual([]);
  });

  it.each([
    ['a forgotten daemon-reload', 'Environment=\n', running, 'systemctl daemon-reload, then systemctl restart docker'],
    ['a forgotten restart', shown, new Map([['PATH', '/bin']]), 'Run systemctl restart docker.'],
  ])('shows %s', (_, output, environment, fix) => {
    const remarks = checkLoaded(dropIn(PAGE), { service: 'docker', shown: output, running: environment });
    expect(remarks).toMatchObject([{ level: 'error', fix: expect.stringContaining(fix) }]);
  });

  it.each(['HTTPS_PROXY', `HTTPS_PROXY=${PAGE.HTTPS_PROXY}`])('shows what another file takes away: %s', (unset) => {
    const { HTTP_PROXY } = PAGE;
    const left = new Map([['HTTP_PROXY', HTTP_PROXY]]);
    const [remark] = checkLoaded(dropIn(PAGE), { service: 'docker', shown, unset: [unset], running: left });
    expect(remark?.says).toContain('prints HTTPS_PROXY, but another file of the unit takes that away again');
  });
});
