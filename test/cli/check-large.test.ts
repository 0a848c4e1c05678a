import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../harness/cli/exit.ts';
import { put, scratch, tool } from './_tool.ts';

/** Seconds of CPU time, which other work on the machine does not change as it does the time of day. */
async function cost<T>(work: () => Promise<T>): Promise<readonly [result: T, seconds: number]> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1e6];
}

const runners = (count: number): string =>
  Array.from(
    { length: count },
    (_, nth) => `[[runners]]
  name = "r${nth}"
  url = "https://gitlab.example.com/"
  token = "t${nth}"
  executor = "docker"
  environment = ["HTTP_PROXY=http://proxy${nth}.example:3128", "NO_PROXY=docker,h${nth}.example:1", "http_proxy=http://u:p@proxy.example:3128"]
  pre_get_sources_script = "git config --global http.proxy $HTTP_PROXY; git config --global https.proxy $HTTPS_PROXY"
  [runners.docker]
    image = "docker:24"
    volumes = ["/cache", "/certs/client"]
    [[runners.docker.services]]
      name = "docker:24-dind"
`,
  ).join('');

test('2,000 runners in a config.toml are each told of at their own lines', async () => {
  await using place = await scratch();
  await put(join(place.dir, 'config.toml'), runners(2000));
  const [done, seconds] = await cost(() => tool(place.dir, 'check', '--json', 'config.toml'));
  expect(done.code).toBe(EXIT.unexpected);
  const { findings } = JSON.parse(done.out);
  const ofLast = findings.filter(({ runner }: { runner?: string }) => runner === 'r1999');
  expect(ofLast).toContainEqual(
    expect.objectContaining({ cause: 'selection/only-http-proxy', line: 1999 * 12 + 6, severity: 'error' }),
  );
  expect(seconds).toBeLessThan(20);
});

test('what goes wrong with one runner names the line of that one, also where another lacks the key', async () => {
  await using place = await scratch();
  const first = '[[runners]]\n  name = "a"\n';
  await put(join(place.dir, 'config.toml'), `${first}[[runners]]\n  environment = ["https_proxy"]\n`);
  const { out } = await tool(place.dir, 'check', 'config.toml');
  expect(out).toContain('config.toml:4: error: config-toml/entry-without-equals');
});

test.each([
  ['config.toml', `${'x'.repeat(99)}\n`],
  ['drop-in.service', '[Service]\nEnvironment="HTTP_PROXY=http://proxy.example:3128"\n'],
  ['config.json', '{"proxies": {}}\n'],
])('a %s of 100 MB is not read, and the limit is named', async (name, line) => {
  await using place = await scratch();
  await put(join(place.dir, name), line.repeat(1e8 / line.length));
  const { code, out } = await tool(place.dir, 'check', name);
  expect(out).toContain(`Not read  ${name}: it is larger than 64 MiB`);
  expect(code).toBe(EXIT.usage);
});

const MOST = 2e6;
const full = (line: string): string => line.repeat(MOST / line.length);

test.each([
  ['config.toml', 'of many runners', runners(3000)],
  ['config.toml', 'with a long NO_PROXY', `[[runners]]\nenvironment = ["NO_PROXY=${full('a.example:1,')}"]\n`],
  ['config.toml', 'with an open brace at each letter', `[[runners]]\nenvironment = ["HTTP_PROXY=${full('${')}"]\n`],
  ['config.toml', 'with a long URL', `[[runners]]\nenvironment = ["HTTP_PROXY=http://${full('u:')}x"]\n`],
  [
    'config.json',
    'of many daemons',
    `{"proxies":{${Array.from({ length: 40_000 }, (_, n) => `"tcp://h${n}":{"httpProxy":"http://u:p@proxy:3128","noProxy":"a,b"}`).join(',\n')}}}`,
  ],
  ['config.json', 'of many levels', `${'['.repeat(MOST / 2)}${']'.repeat(MOST / 2)}`],
  ['drop-in.service', 'of many lines', `[Service]\n${full('Environment="NO_PROXY=localhost" "A=b"\n')}`],
  ['drop-in.service', 'of one line in many parts', `[Service]\nEnvironment=${full('A=b \\\n')}\n`],
  ['drop-in.service', 'of empty lines', full('\n')],
  ['cntlm.conf', 'of many lines', full('Password x\nProxy proxy.example:3128\nListen 3128\n')],
])('a %s %s costs no more than its length', async (name, _, text) => {
  await using place = await scratch();
  await put(join(place.dir, name), text);
  const [{ err, code }, seconds] = await cost(() => tool(place.dir, 'check', name));
  expect(err).toBe('');
  expect(code).not.toBe(EXIT.harness);
  expect(seconds).toBeLessThan(20);
});
