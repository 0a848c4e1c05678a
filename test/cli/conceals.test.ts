import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { main } from '../../harness/cli/cli.ts';
import type { Terminal } from '../../harness/cli/exit.ts';
import { scratch, tool } from './_tool.ts';

/** Each has an @, or what comes before one, where a person forgot to encode it. */
const PASSWORDS = [
  'hunter22',
  'hun@ter22',
  'hun/ter22',
  'hun#ter22',
  'hun?ter22',
  'hun ter22',
  'hun:ter22',
  'hun%ter22',
];
const proxies = PASSWORDS.flatMap((password) => [
  `http://bobby:${password}@proxy.test:3128`,
  `bobby:${password}@proxy.test`,
]);

const files = (proxy: string): Readonly<Record<string, string>> => ({
  'config.toml': `[[runners]]\nenvironment = [${JSON.stringify(`HTTP_PROXY=${proxy}`)}, ${JSON.stringify(proxy)}]\n`,
  'broken.toml': `[[runners]]\nenvironment = ["HTTP_PROXY=${proxy}\n`,
  'config.json': JSON.stringify({ proxies: { default: { httpProxy: proxy }, [proxy]: { httpProxy: proxy } } }),
  'broken.json': `{"proxies": {"default": {"httpProxy": "${proxy}" oops}}`,
  'cntlm.conf': `Username bobby\nDomain CORP\nPassword ${proxy}\nProxy ${proxy}\nListen ${proxy}\n`,
  'proxy.conf': `[Service]\nEnvironment=HTTP_PROXY=${proxy}\nEnvironment=${proxy}\nEnv${proxy}=1\n[${proxy}]\nEnvironment=X\n`,
});

test.each(proxies)('check repeats no part of %j', async (proxy) => {
  await using place = await scratch();
  for (const [name, text] of Object.entries(files(proxy))) {
    writeFileSync(join(place.dir, name), text);
    const { out, err } = await tool(place.dir, 'check', name);
    expect(out + err).not.toBe('');
    expect(out + err, name).not.toMatch(/hun|ter22|bobby/);
  }
});

test.each(proxies)('no-proxy and errors repeat no part of %j', async (proxy) => {
  await using place = await scratch();
  for (const args of [
    ['no-proxy', 'docker:2375', 'http://docker:2375/', '--proxy', proxy],
    ['no-proxy', 'docker:2375', 'http://docker:2375/', '--proxy', proxy, '--json'],
    ['no-proxy', `${proxy},x`, 'http://docker:2375/'],
    ['no-proxy', 'x', proxy],
    ['run', '--runner', proxy],
    ['run', `--bogus=${proxy}`],
    ['run', '--expect', proxy],
    ['run', '--scenarios', proxy],
    ['recheck', proxy],
    ['check', proxy],
    ['show', proxy],
  ]) {
    const { out, err } = await tool(place.dir, ...args);
    expect(out + err).not.toBe('');
    expect(out + err, args.join(' ')).not.toMatch(/hun(?!dred)|ter22|bobby/);
  }
});

test.each(proxies)(
  'doctor --bug-report repeats no part of %j',
  async (proxy) => {
    await using place = await scratch();
    const terminal = outputs({ https_proxy: proxy, ALL_PROXY: 'bobby:hunter22', NO_PROXY: 'a,.b.test', TZ: 'UTC' });
    expect(await main(['doctor', '--bug-report'], { ...terminal, cwd: place.dir })).toBe(0);
    expect(terminal.said()).toContain('NO_PROXY=a,.b.test');
    expect(terminal.said()).toMatch(/https_proxy(=| is set)/);
    expect(terminal.said()).not.toMatch(/hun(?!dred)|ter22|bobby/);
  },
  60_000,
);

test('an error repeats nothing of what stands in the environment, or in a file that is no YAML', async () => {
  await using place = await scratch();
  const secret = 'http://bobby:hun ter22@proxy.test:3128';
  const terminal = outputs({ HTTP_PROXY: secret });
  expect(await main(['run', '--expect', `with ${secret}`], { ...terminal, cwd: place.dir })).toBe(2);
  expect(terminal.said()).not.toMatch(/hun|ter22|bobby/);
  writeFileSync(join(place.dir, 'expect.yaml'), `- password: hunter22 bobby: [\n  x: "hunter22\n`);
  const { err } = await tool(place.dir, 'run', '--expect', 'expect.yaml');
  expect(err).toMatch(/is no YAML: look at line \d+, column \d+/);
  expect(err).not.toMatch(/hun|bobby/);
});

/** A terminal with variables of its own. */
function outputs(env: Record<string, string>): Terminal & { said(): string } {
  const stream = new PassThrough();
  let said = '';
  stream.on('data', (chunk) => (said += String(chunk)));
  return { stdout: stream, stderr: stream, env: { ...process.env, ...env }, said: () => said } as never;
}
