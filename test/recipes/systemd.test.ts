import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../harness/diagnosis/index.ts';
import { run } from '../../harness/process/index.ts';
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
    const { stderr } = await run(ANALYZE, ['verify', '--man=no', join(dir, 'x.service')], {
      env,
      limitMs: 30_000,
    }).catch((error: { stderr: string }) => error);
    return [...stderr.matchAll(/p\.conf:(\d+): /g)].map(([, line]) => Number(line));
  }

  it('takes what is written', async () => {
    const all = VALUES.map((value, i) => [`V${i}`, value]);
    expect(await complainsOf(dropIn(Object.fromEntries(all)))).toEqual([]);
  });

  it('drops the lines that the check names', async () => {
    const text = `[Service]
Environment="HTTP_PROXY=http://u:p%40ss@p:1"
Environment="HTTPS_PROXY=http://corp\\user:x@p:1"
Environment="NO_PROXY=open
Environment=http_proxy=http://p:1 junk
environment=https_proxy=http://p:1
Environment="ALL_PROXY=http://u:%zz@p:1"
Environment="all_proxy=http://u:100%@p:1"
Environment="no_proxy=50%-60%"
[service]
Environment=no_proxy=1
`;
    expect(await complainsOf(text)).toEqual([2, 3, 4, 5, 6, 7, 10]);
    const name = 'etc/systemd/system/docker.service.d/http-proxy.conf';
    const { findings } = diagnose({ files: [{ name, bytes: Buffer.from(text) }], unread: [] });
    const dropped = findings.flatMap(({ cause, line }) => (cause.startsWith('systemd/') && line ? [line] : []));
    expect(dropped.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 10]);
  });
});
