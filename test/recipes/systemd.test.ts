import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDropIn, checkLoaded } from '../../harness/diagnosis/index.ts';
import { dropIn, dropInPath, readEnvironment, readShown } from '../../harness/recipes/index.ts';

const PAGE = { HTTP_PROXY: 'http://172.17.0.1:3128/', HTTPS_PROXY: 'http://172.17.0.1:3128/' };
const VALUES = [
  'http://u:p%40ss@p:1/',
  'a b',
  'corp\\user',
  '"quoted"',
  "it's",
  '$HOME',
  '%C',
  '100%',
  'ü',
  '',
  'a=b;c#d',
];

const assigned = (text: string): Record<string, string> =>
  Object.fromEntries(readEnvironment(text).assignments.map(({ name, value }) => [name, value]));

describe('a drop-in', () => {
  it("is the page's", () => {
    expect(dropInPath('gitlab-runner')).toBe('/etc/systemd/system/gitlab-runner.service.d/http-proxy.conf');
    expect(dropIn(PAGE)).toBe(`[Service]
Environment="HTTP_PROXY=http://172.17.0.1:3128/"
Environment="HTTPS_PROXY=http://172.17.0.1:3128/"
`);
  });

  it.each(VALUES)('carries %j, as it is read back', (value) => {
    expect(assigned(dropIn({ HTTP_PROXY: value, OTHER: 'x' }))).toEqual({ HTTP_PROXY: value, OTHER: 'x' });
  });

  it('refuses what no unit file can hold', () => {
    expect(() => dropIn({ HTTP_PROXY: 'a\nb' })).toThrow('HTTP_PROXY holds a line break');
  });
});

describe('reading', () => {
  it('splits, joins and takes back as systemd does', () => {
    const text = `# a comment
[Service]
Environment=GONE=1
Environment=
Environment=A=1 "B=2 3" 'C=4' D=x"y z"
Environment = E=5 \\
  F=6
; Environment=G=7
[Unit]
Environment=H=8
`;
    expect(assigned(text)).toEqual({ A: '1', B: '2 3', C: '4', D: 'xy z', E: '5', F: '6' });
  });

  it('reads what systemctl shows', () => {
    const shown = 'Environment=HTTP_PROXY=http://172.17.0.1:3128/ "A=b c" "D=e\\"f\\\\g\\$h\\`i"\n';
    expect(Object.fromEntries(readShown(shown))).toEqual({ HTTP_PROXY: PAGE.HTTP_PROXY, A: 'b c', D: 'e"f\\g$h`i' });
    expect(readShown('Environment=\n').size).toBe(0);
    expect(readShown('').size).toBe(0);
  });
});

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
});

const ANALYZE = '/usr/bin/systemd-analyze';

describe.skipIf(!existsSync(ANALYZE))('systemd itself', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
    await mkdir(join(dir, 'x.service.d'));
    await writeFile(join(dir, 'x.service'), '[Service]\nExecStart=/bin/true\n');
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  /** The lines of a drop-in that systemd complains of. */
  async function complainsOf(text: string): Promise<number[]> {
    await writeFile(join(dir, 'x.service.d', 'p.conf'), text);
    const env = { PATH: process.env['PATH'], SYSTEMD_UNIT_PATH: dir, SYSTEMD_LOG_TARGET: 'console' };
    const { stderr } = await promisify(execFile)(ANALYZE, ['verify', '--man=no', join(dir, 'x.service')], {
      env,
    }).catch((error: { stderr: string }) => error);
    return [...stderr.matchAll(/p\.conf:(\d+): /g)].map(([, line]) => Number(line));
  }

  it('takes what is written', async () => {
    const all = VALUES.map((value, i) => [`V${i}`, value]);
    expect(await complainsOf(dropIn(Object.fromEntries(all)))).toEqual([]);
  });

  it('drops the lines that the check names', async () => {
    const text = `[Service]
Environment="A=p%40ss"
Environment="B=corp\\user"
Environment="C=open
Environment=D=1 junk
environment=E=1
Environment="F=%zz"
Environment="G=100%"
Environment="H=50%-60%"
[service]
Environment=I=1
`;
    // It names an unknown section once, the check each line in it.
    expect(await complainsOf(text)).toEqual([2, 3, 4, 5, 6, 7, 10]);
    const dropped = checkDropIn(text).flatMap(({ line, level }) => (level === 'error' && line ? [line] : []));
    expect(dropped).toEqual([2, 3, 4, 5, 6, 7, 11]);
  });
});
