import { describe, expect, it } from 'vitest';
import type { Advice } from '../../harness/clients/index.ts';
import { ROOT, tool } from './_tool.ts';

const run = (...args: string[]) => tool(ROOT, 'no-proxy', ...args);

describe('no-proxy', () => {
  it('says which clients go direct and which do not, and what to write', async () => {
    const { code, out } = await run('docker:2375,docker:2376', 'http://docker:2375/');
    expect(code).toBe(0);
    expect(out).toMatch(/^http:\/\/docker:2375\/\n {2}direct +docker, dockerd, /);
    expect(out).toMatch(/^ {2}proxy +curl, wget, git, PHP's curl extension$/m);
    expect(out).toMatch(/^ {2}looks at nothing +PHP's streams, Java$/m);
    expect(out).toContain(
      "! curl, wget, git and PHP's curl extension do not understand a port, as in docker:2375 and docker:2376",
    );
    expect(out).toMatch(/^Direct with every client: docker$/m);
  });

  it('says so when all is well', async () => {
    const { out } = await run('gitlab.corp.test', 'https://gitlab.corp.test/');
    expect(out).toMatch(/^Every client goes direct\.$/m);
    expect(out).not.toContain('!');
  });

  it('answers for several URLs, and for all of them', async () => {
    const { out } = await run('*.corp.test,10.0.0.0/8', 'https://gitlab.corp.test/', 'http://10.1.2.3/');
    expect(out).toMatch(/^ {2}Direct with every client: \.corp\.test$/m);
    expect(out).toMatch(/^Direct with every client: \.corp\.test,10\.1\.2\.3$/m);
  });

  it('names those for whom there is no spelling', async () => {
    const { out } = await run('', 'http://[fd00::1]/');
    expect(out).toContain(
      "Direct with every client but Ruby's net/http, for which no spelling is known: fd00::1,[fd00::1]",
    );
  });

  it('says who fails with the proxy, and why', async () => {
    const { out } = await run('--proxy', '172.17.0.1:3128', '', 'http://gitlab.corp.test/');
    expect(out).toContain("fails             Ruby's net/http: Ruby finds no URL with a host in the value");
  });

  it('has the same as JSON', async () => {
    const { code, out } = await run('--json', 'docker:2375', 'http://docker:2375/');
    const advice = JSON.parse(out) as Advice;
    expect(code).toBe(0);
    expect(advice.suggestion).toEqual({ value: 'docker', except: [] });
    expect(advice.urls[0]?.answers.find(({ client }) => client === 'curl')).toEqual({
      client: 'curl',
      title: 'curl',
      via: 'proxy',
      detail: 'http://172.17.0.1:3128',
    });
  });

  it('takes a DOCKER_HOST, an address of ssh and a bare name', async () => {
    const { code, out } = await run(
      'localhost',
      'tcp://docker:2375',
      'git@gitlab.corp.test:g/p.git',
      'registry.corp.test',
    );
    expect(code).toBe(0);
    expect(out).toMatch(
      /^tcp:\/\/docker:2375\n {2}This is a DOCKER_HOST: .*\n {2}proxy +docker\n {2}Direct with every client: docker$/m,
    );
    expect(out).toMatch(/@gitlab\.corp\.test:g\/p\.git\n {2}ssh reads none of these variables/);
    expect(out).toMatch(/^registry\.corp\.test\n {2}Taken for https:\/\/registry\.corp\.test\/\n {2}proxy +curl, /m);
    expect(out).toMatch(/^Direct with every client: docker,registry\.corp\.test$/m);
  });

  it('says which port each client asks where none is written', async () => {
    const { out } = await run('--proxy', 'http://p', '', 'http://gitlab.corp.test/');
    expect(out).toMatch(/^ {2}by http:\/\/p:1080 {2}curl, /m);
    expect(out).toMatch(/^ {2}by http:\/\/p:80 +wget, .*Go's net\/http/m);
  });

  it('says who speaks SOCKS', async () => {
    const { out } = await run('--proxy', 'socks5://p', '', 'https://gitlab.corp.test/');
    expect(out).toMatch(/^ {2}proxy +curl, git, docker, dockerd, Go's net\/http, PHP's curl extension$/m);
    expect(out).toMatch(/^ {2}fails +.*Ruby's net\/http: it speaks HTTP to the proxy/m);
  });

  it('says who looks only when asked', async () => {
    const { out } = await run('localhost', 'https://gitlab.corp.test/');
    expect(out).toContain("Node's fetch and Node's http look at these variables with NODE_USE_ENV_PROXY=1 only");
  });

  it.each([
    ['28', '28.5.2', /^docker and dockerd answer as 28\.5\.2 was measured to do\.$/m],
    ['20', '20.10.24', /^docker and dockerd answer as 20\.10\.24/m],
    ['20.10', '20.10.24', /^docker and dockerd answer as 20\.10\.24/m],
    ['26.1.5+dfsg1', '26.1.5', /^docker and dockerd answer as 26\.1\.5/m],
    ['sid', '28.5.2', /^docker and dockerd answer as 28\.5\.2/m],
    [
      '24.0.9',
      '20.10.24',
      /^Docker 24\.0\.9 was not measured: .*the nearest older one; 26\.1\.5, the next newer one, does otherwise here\.$/m,
    ],
    [
      '29',
      '28.5.2',
      /^Docker 29 was not measured: docker and dockerd answer as 28\.5\.2 .*, the nearest older one\.$/m,
    ],
    [
      '19.03',
      '20.10.24',
      /^Docker 19\.03 is older than all that were measured: .* 20\.10\.24 .*, the oldest of them\.$/m,
    ],
  ])('answers for Docker %s as %s does', async (typed, version, sentence) => {
    const { code, out } = await run('.2.3', 'http://10.1.2.3/', '--docker', typed);
    expect(code).toBe(0);
    expect(out).toMatch(sentence);
    // Of an address, .2.3 is an end to 20.10 alone.
    expect(/^ {2}direct .*\bdockerd\b/m.test(out)).toBe(version === '20.10.24');
  });

  it('says so of a version between two that do the same', async () => {
    const { out } = await run('docker', 'tcp://docker:2375', '--docker', '24');
    expect(out).toContain('26.1.5, the next newer one, does the same here.');
  });

  it('has the version of Docker in JSON as well', async () => {
    const { out } = await run('--json', 'docker', 'tcp://docker:2375', '--docker', '27');
    expect(JSON.parse(out).docker).toEqual({ version: '26.1.5', says: expect.stringMatching(/^Docker 27 was not/) });
  });

  it('wants a version of Docker', async () => {
    const { code, err } = await run('docker', 'tcp://docker:2375', '--docker', 'newest');
    expect(code).toBe(2);
    expect(err).toContain(
      '--docker takes a version of Docker such as 28 or 20.10.24, or the name of a generation: bookworm',
    );
  });

  it.each([[[]], [['docker']]])('wants a value and a URL: %j', async (args) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toMatch(/^proxyproof: Give the value of NO_PROXY and at least one URL/);
  });

  it('wants URLs', async () => {
    const { code, err } = await run('docker', 'ftp://docker:2375');
    expect(code).toBe(2);
    expect(err).toContain('"ftp://docker:2375" is no URL with http or https and a host');
  });
});
