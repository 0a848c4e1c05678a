import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../harness/cli/exit.ts';
import { diagnose, openBundle, textOf } from '../../harness/diagnosis/index.ts';
import { findProgram, run } from '../../harness/process/index.ts';
import { put, scratch, tool } from './_tool.ts';

const SCRIPT = new URL('../../harness/diagnosis/collect/collect.sh', import.meta.url).pathname;
/** No line may have a piece of them. */
const SECRET = /hunter22|hun.ter22|Ym9iOm|aG9iYnk|glrt-abc|A1B2C3D4/;

/** A host's files, each with secrets in its own way. */
const HOST: Readonly<Record<string, string>> = {
  'etc/gitlab-runner/config.toml': `[[runners]]
  name = "builds"
  url = "https://gitlab.corp.example/"
  token = "glrt-abcHunter22"
  executor = "docker"
  environment = ["HTTP_PROXY=http://bob:hunter22@proxy.corp.example", "HTTPS_PROXY=http://bob:hunter22@proxy.corp.example:3128"]
  [runners.cache.s3]
    AccessKey = "hunter22"
    SecretKey = "hunter22"
`,
  'etc/systemd/system/docker.service.d/http-proxy.conf':
    '[Service]\nEnvironmentFile=/opt/proxy.env\nEnvironment="HTTP_PROXY=http://bob:hun%ter22@p.corp.example:1" "HTTPS_PROXY=http://bob:hun ter22@p.corp.example:1"\n',
  'opt/proxy.env':
    'https_proxy=http//bob:hunter22@p.corp.example:1\nAPI_TOKEN=hunter22\nno_proxy=a,http://bob:hunter22@b\n',
  'etc/cntlm.conf':
    'Username bob\nDomain CORP\nPassword hunter22\nPassNTLMv2 A1B2C3D4\nProxy bob:hun/ter22@10.1.2.3:8080\nListen 172.17.0.1:3128\n',
  'root/.docker/config.json':
    '{"auths": {"r.corp.example": {"auth": "Ym9iOmh1bnRlcjIy"}}, "proxies": {"default": {"httpProxy": "http://bob:hunter22@p:1"}}}\n',
  'root/.npmrc': '//npm.corp.example/:_authToken=hunter22\nproxy=http://bob:hunter22%40p:1\n',
  'root/.m2/settings.xml':
    '<settings><proxies><proxy><username>bob</username><password>hunter22</password></proxy></proxies></settings>\n',
  'root/.curlrc': 'proxy-user = "bob:hunter22"\n',
  'etc/apt/apt.conf.d/95proxy': 'Acquire::http::Proxy "http://bob:hunter22@p.corp.example:1/";\n',
  'etc/squid/squid.conf': 'cache_peer up parent 3128 0 login=bob:hunter22\n',
  'var/log/squid/access.log': '1700000000.1 1 10.0.0.1 TCP_DENIED/407 1 CONNECT g:443 bob HIER_NONE/- -\n',
};

/** Programs of the host; `docker` does not end by itself. */
const PROGRAMS: Readonly<Record<string, string>> = {
  systemctl:
    'echo Id=docker.service; echo ActiveState=active; echo MainPID=0; echo "Environment=HTTP_PROXY=http://bob:hunter22@p.corp.example:1"',
  journalctl: 'echo "Mar 03 09:12:01 h gitlab-runner[1]: Proxy-Authorization: Basic Ym9iOmh1bnRlcjIy"',
  'gitlab-runner': 'echo "Version:      17.11.4"',
  docker: 'sleep 60',
  ss: 'echo "LISTEN 0 128 172.17.0.1:3128 0.0.0.0:*"',
  ip: 'echo "3: docker0 inet 172.17.0.1/16"',
};

async function host() {
  const place = await scratch();
  for (const [name, text] of Object.entries(HOST)) await put(join(place.dir, 'root', name), text);
  for (const [name, text] of Object.entries(PROGRAMS)) {
    const file = await put(join(place.dir, 'bin', name), `#!/bin/sh\n${text}\n`);
    await chmod(file, 0o755);
  }
  const env = {
    ...process.env,
    PATH: `${join(place.dir, 'bin')}:${process.env['PATH']}`,
    COLLECT_ROOT: join(place.dir, 'root'),
    COLLECT_LIMIT: '2',
  };
  return { ...place, env, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() };
}

describe.each(['sh', 'dash', 'bash', 'busybox'])('collect.sh in %s', (shell) => {
  const program = findProgram(shell);
  const why = program === undefined ? ` (skipped: there is no ${shell} here)` : '';
  it.skipIf(program === undefined)(`gathers what check reads, without a secret, and leaves nothing${why}`, async () => {
    await using place = await host();
    const args = shell === 'busybox' ? ['sh', SCRIPT] : [SCRIPT];
    const { stdout } = await run(program ?? shell, [...args, join(place.dir, 'out.tar.gz')], {
      limitMs: 60_000,
      env: { ...place.env, TMPDIR: place.dir },
    });
    expect(stdout).toMatch(
      /out\.tar\.gz holds what proxyproof check reads, without secrets\..*proxyproof check .*out\.tar\.gz\n$/,
    );
    const bundle = await openBundle(join(place.dir, 'out.tar.gz'));
    expect(bundle.files.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(HOST)));
    for (const { name, bytes } of bundle.files) expect(textOf(bytes) ?? '', name).not.toMatch(SECRET);
    const told = textOf(bundle.files.find(({ name }) => name === 'collected.txt')?.bytes ?? Buffer.alloc(0));
    expect(told).toContain('docker-info.txt: the command did not end within 2 seconds.');
    const causes = diagnose(bundle).findings.map(({ cause }) => cause);
    expect(causes).toEqual(
      expect.arrayContaining(['value/port-missing', 'systemd/percent-specifier', 'value/scheme-misspelled']),
    );
    expect((await stat(join(place.dir, 'out.tar.gz'))).mode & 0o077).toBe(0);
    const { stdout: left } = await run('find', [place.dir, '-maxdepth', '1', '-name', 'proxyproof-collect*'], {
      limitMs: 5000,
    });
    expect(left).toBe('');
  });
});

describe('collect', () => {
  it('prints the script', async () => {
    const { code, out } = await tool('/', 'collect', '--script');
    expect(out).toBe(await readFile(SCRIPT, 'utf8'));
    expect(code).toBe(EXIT.ok);
    expect((await tool('/', 'collect', '--script', '--obfuscate')).code).toBe(EXIT.usage);
  });

  it('says so when the bundle cannot be written', async () => {
    await using place = await scratch();
    const { code, err } = await tool(place.dir, 'collect', '--output', 'no/such/o.tar.gz');
    expect(err).toMatch(/no\/such is no directory that you may write to/);
    expect(code).not.toBe(EXIT.ok);
  });
});

it('looks into the process of each unit, in whichever order systemd prints the properties', async () => {
  await using place = await host();
  const show = ['docker 41', 'gitlab-runner 42'].map((each) => {
    const [unit, pid] = each.split(' ');
    return `echo MainPID=${pid}; echo Environment=; echo Id=${unit}.service; echo ActiveState=active`;
  });
  await chmod(await put(join(place.dir, 'bin', 'systemctl'), `#!/bin/sh\n${show.join('; echo; ')}\n`), 0o755);
  await put(join(place.dir, 'root/proc/41/environ'), 'HTTP_PROXY=http://docker:1\0PATH=/bin\0');
  await put(join(place.dir, 'root/proc/42/environ'), 'HTTP_PROXY=http://runner:1\0PATH=/bin\0');
  const output = join(place.dir, 'out.tar.gz');
  await run('sh', [SCRIPT, output], { limitMs: 60_000, env: { ...place.env, TMPDIR: place.dir } });
  const { files } = await openBundle(output);
  const text = (unit: string) =>
    textOf(files.find(({ name }) => name === `environment-of-${unit}.txt`)?.bytes ?? Buffer.alloc(0));
  expect(text('docker')).toBe('# process 41\nHTTP_PROXY=http://docker:1\n');
  expect(text('gitlab-runner')).toBe('# process 42\nHTTP_PROXY=http://runner:1\n');
});
