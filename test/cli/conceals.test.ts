import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
