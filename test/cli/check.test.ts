import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../harness/cli/exit.ts';
import { put, scratch, tool, toolWith } from './_tool.ts';

const PROXY = 'http://172.17.0.1:3128';
const DROP_IN = `[Service]\nEnvironment="HTTP_PROXY=${PROXY}" "HTTPS_PROXY=${PROXY}" "NO_PROXY=localhost"\n`;
const NAME = 'docker.service.d/http-proxy.conf';
const WRONG = DROP_IN.replace('[Service]', '[service]');

/** What the verb says of one file. */
async function checked(text: string, ...options: string[]) {
  await using place = await scratch();
  await put(join(place.dir, NAME), text);
  return await tool(place.dir, 'check', ...options, 'docker.service.d');
}

describe('check', () => {
  it('has nothing to say against what is right', async () => {
    const { code, out } = await checked(DROP_IN);
    expect(out).toMatch(/^Nothing wrong was found in these files\.\n/);
    expect(out).toContain('Read      http-proxy.conf (a unit or drop-in of systemd)');
    expect(code).toBe(EXIT.ok);
  });

  it('says the verdict first, then place, line, remedy and what changes', async () => {
    const { code, out } = await checked(WRONG);
    expect(code).toBe(EXIT.unexpected);
    expect(out).toMatch(
      /^This does not work: .*\[service\](.|\n)*http-proxy\.conf:1: error: systemd\/wrong-section\n +1 \| \[service\]\n.*\n.*\n {2}- \[service\]\n {2}\+ \[Service\]\n/,
    );
  });

  it('says once what it does not show, and that units may keep their dollar sign', async () => {
    await using place = await scratch();
    const proxy = 'http://svc:Sesame$tra99@gate.works.example:3128';
    const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];
    await put(
      join(place.dir, 'c', 'config.toml'),
      `[[runners]]\n  name = "r"\n  url = "https://gitlab.com"\n  executor = "docker"\n  environment = [\n${names.map((name) => `    "${name}=${proxy}",\n`).join('')}  ]\n`,
    );
    await put(join(place.dir, 'c', NAME), DROP_IN.replaceAll(PROXY, proxy));
    const { out } = await tool(place.dir, 'check', 'c');
    const words = out.replace(/\s+/g, ' ');
    expect(words.match(/stands in the password/g)).toHaveLength(1);
    expect(words).toContain(
      '(What changes stands in the password, which is not shown: config.toml:6, 7, 8, 9. --fix writes it.)',
    );
    expect(words).toContain(`In ${NAME} the $ is right: systemd takes it as it stands.`);
    expect(out).not.toContain('Sesame');
  });

  it('a note is no cause, and is shown when asked for', async () => {
    const noted = await checked(DROP_IN.replaceAll('http:', 'socks5:'));
    expect(noted).toMatchObject({ code: EXIT.ok, out: expect.stringMatching(/One note is not shown: --notes shows/) });
    expect((await checked(DROP_IN.replaceAll('http:', 'socks5:'), '--notes')).out).toContain(
      'note: value/socks-for-some',
    );
  });

  it('prints the same as JSON, and asks for what would decide', async () => {
    const { out } = await checked(WRONG, '--json');
    expect(JSON.parse(out)).toMatchObject({
      findings: [{ cause: 'systemd/wrong-section', severity: 'error', file: 'http-proxy.conf', line: 1 }],
      read: [{ file: 'http-proxy.conf' }],
      asks: [],
    });
    expect(JSON.parse((await checked(DROP_IN, '--json')).out).asks[0]).toMatchObject({
      command: expect.any(String),
      decides: expect.any(String),
    });
  });

  it('prints who goes where, and marks what is at fault', async () => {
    const { out } = await checked(DROP_IN.replaceAll('172.17.0.1:3128', '172.17.0.1'), '--table');
    expect(out).toMatch(
      /^✗ {2}dockerd +registry-1\.docker\.io:443 +172\.17\.0\.1:80 +HTTPS_PROXY, http-proxy\.conf:2$/m,
    );
  });

  it('reads standard input, and names it so', async () => {
    await using place = await scratch();
    const { code, out } = await toolWith(WRONG, place.dir, 'check', '-');
    expect(out).toContain('standard input:1: error: systemd/wrong-section');
    expect(code).toBe(EXIT.unexpected);
  });

  it('says of several files which is meant', async () => {
    await using place = await scratch();
    await put(join(place.dir, 'a', NAME), DROP_IN);
    await put(join(place.dir, 'b', NAME), WRONG);
    expect((await tool(place.dir, 'check', 'a', 'b')).out).toContain(`b/${NAME}:1: error`);
  });

  it.each([
    ['nothing', [], /Name the files, a directory or an archive/],
    ['a file that is not there', ['missing.toml'], /missing\.toml cannot be read: there is no such file/],
    ['a page with files', ['--explain', 'value/port-missing', 'x'], /--explain takes no files/],
  ])('%s is wrong usage', async (_, args, expected) => {
    await using place = await scratch();
    const { code, err } = await tool(place.dir, 'check', ...args);
    expect(err).toMatch(expected);
    expect(code).toBe(EXIT.usage);
  });

  it('says of a file that it does not know why it is not read', async () => {
    await using place = await scratch();
    await put(join(place.dir, 'notes.txt'), 'hello\n');
    const { code, out } = await tool(place.dir, 'check', 'notes.txt');
    expect(out).toMatch(/^Nothing could be read\.\n(.|\n)*Not read {2}notes\.txt: it is of no kind that is known\n/);
    expect(code).toBe(EXIT.usage);
  });
});

describe('the table of check', () => {
  const CASES = join(import.meta.dirname, '../diagnosis/cases');
  const table = async (name: string) => (await tool(join(CASES, name, 'files'), 'check', '--table', '.')).out;

  it('marks the way that a list causes which lacks a host, and not those that it spares', async () => {
    const out = await table('r-job-list-cache');
    expect(out).toMatch(/^ {3}git in jobs of build-7 +git\.acme\.example:443 +direct +NO_PROXY, \.gitlab-ci\.yml:2$/m);
    // By the variable of its scheme; several jobs that have the same have no name.
    expect(out).toMatch(
      /^✗ {2}the helper in jobs of build-7 +minio\.acme\.example:9000 +gate\.acme\.example:8080 +HTTP_PROXY, etc\/gitlab-runner\/config\.toml:6$/m,
    );
  });

  it.each([
    ['by the service of a job, whatever its name', ['.'], ' \\(image\\)'],
    ['by a log alone', ['etc', 'job.log'], ''],
  ])('has the dind service, %s', async (_, args, job) => {
    const { out } = await tool(join(CASES, 'l-x509-dind-mounted', 'files'), 'check', '--table', ...args);
    expect(out).toMatch(
      new RegExp(`^ {2}dind in jobs of build-7${job} +registry\\.gitlab\\.com:443 +gate\\.acme\\.example:8080 `, 'm'),
    );
    // The host's daemon did not ask for it.
    expect(out).toMatch(/^ {2}dockerd +registry-1\.docker\.io:443 /m);
  });

  it('is below the part of a log line that says what failed, and the host', async () => {
    const { out } = await tool(join(CASES, 'l-x509-dind-mounted', 'files'), 'check', '.');
    expect(out).toMatch(/^ {4}8 \| ….*certificate: x509: certificate signed by unknown authority\n {6}\| +\^{40,}$/m);
    expect(out.replace(/\s+/g, ' ')).toContain('rejects the certificate of registry.gitlab.com');
    expect(out).not.toContain('REGISTRY');
  });

  it('marks what an outdated list sends to the proxy, whichever file has the other one', async () => {
    expect(await table('a-file-wins-list')).toMatch(/^✗ {2}dockerd +registry\.plant\.example:443 +10\.4\.4\.8:3128/m);
  });
});

describe('a case that was written down', () => {
  it('is read for its files', async () => {
    await using place = await scratch();
    await put(join(place.dir, 'case.yaml'), `proxyproof: 1\nfiles:\n  ${NAME}: |\n${WRONG.replaceAll(/^/gm, '    ')}`);
    const { out } = await tool(place.dir, 'check', 'case.yaml');
    expect(out).toContain('http-proxy.conf:1: error: systemd/wrong-section');
  });
});

describe('check that finds nothing', () => {
  const toml = (proxy: string): string =>
    `[[runners]]\n  name = "r"\n  url = "https://gitlab.com"\n  executor = "docker"\n  environment = [${['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].map((name) => `"${name}=${proxy}"`).join(', ')}]\n`;
  const START = 'Running with gitlab-runner 17.5.3 (abc)\n$ make\n';

  async function said(log: string | undefined, proxy = PROXY) {
    await using place = await scratch();
    await put(join(place.dir, 'c', NAME), DROP_IN.replaceAll(PROXY, proxy));
    await put(join(place.dir, 'c', 'config.toml'), toml(proxy));
    if (log !== undefined) await put(join(place.dir, 'c', 'job.log'), log);
    return await tool(place.dir, 'check', 'c');
  }

  it.each([
    ['no log', undefined, 'No log was given, so they do not show whether it works.'],
    ['a journal without entries', 'No journal files were found.\n-- No entries --\n', 'No log was given'],
    ['a job that succeeded', `${START}Job succeeded\n`, 'The job of job.log succeeded (line 3).'],
    ['a log without an end', START, 'The log shows no failure, and no job that succeeded.'],
    [
      'a job that failed',
      `${START}ERROR: Job failed: exit code 2\n`,
      'But the log has a line of failure of no cause that is known; it is job.log:3: ERROR: Job failed: exit code 2',
    ],
    [
      'several lines of failure',
      `${START}npm ERR! code E401\nERROR: Job failed: exit code 2\n`,
      'But the log has 2 lines of failure of no cause that is known; the first is job.log:3: npm ERR! code E401',
    ],
    [
      'a job that failed and was repeated',
      `${START}ERROR: Job failed: exit code 2\n${START}Job succeeded\n`,
      'The job of job.log succeeded (line 6).',
    ],
  ])('says how far it goes: %s', async (_, log, expected) => {
    const { out, code } = await said(log);
    expect(out.replaceAll('\n', ' ')).toContain(`Nothing wrong was found in these files. ${expected}`);
    expect(code).toBe(EXIT.ok);
  });

  it('says of a failure that the files do not have any more what it was of', async () => {
    await using place = await scratch();
    await put(
      join(place.dir, 'c', 'squid.conf'),
      'acl SSL_ports port 443 8443\nacl CONNECT method CONNECT\nhttp_access deny CONNECT !SSL_ports\n',
    );
    await put(
      join(place.dir, 'c', 'pull.txt'),
      'Error response from daemon: Get "https://images.partner.example:8443/v2/": Forbidden\n',
    );
    const { out } = await tool(place.dir, 'check', 'c');
    expect(out).toMatch(
      /^Nothing wrong was found in these files\.\nThe proxy has refused (.|\n)*squid\.conf:1 allows\s+this\s+port/,
    );
    const noted = await tool(place.dir, 'check', '--notes', 'c');
    expect(noted.out).toContain('pull.txt:1: note: auth/connect-port-denied');
    expect(noted.out).not.toContain('This works');
  });

  it('asks nothing where a job succeeded', async () => {
    expect((await said(`${START}Job succeeded\n`)).out).not.toContain('What would decide');
    expect((await said(undefined)).out).toContain('What would decide');
  });

  it('says where the password goes that the proxy wants', async () => {
    const { out } = await said(undefined, PROXY.replace('http://', 'http://svc:Sesame99@'));
    expect(out).toContain('--proxy http://172.17.0.1:3128 --proxy-user USER https://gitlab.com/');
    expect(out).toContain('curl asks for the password');
  });
});

describe('check --fix', () => {
  it('says so where nothing was wrong', async () => {
    await using place = await scratch();
    await put(join(place.dir, 'customer', NAME), DROP_IN);
    const { code, out } = await tool(place.dir, 'check', '--fix', 'mended', 'customer');
    expect(out).toMatch(/^Nothing wrong was found in these files\.\n(.|\n)*There is nothing to mend/);
    expect(out).not.toContain('any more');
    expect(code).toBe(EXIT.ok);
  });

  it('does not hold against a change what logs of before show', async () => {
    await using place = await scratch();
    const cntlm =
      'Username svc\nDomain WORKS\nPassNTLMv2 0123456789ABCDEF0123456789ABCDEF\nProxy gate.works.example:3128\n';
    await put(join(place.dir, 'c', 'cntlm.conf'), `${cntlm}Listen 3128\nGateway yes\nAllow 127.0.0.1\nDeny 0/0\n`);
    await put(join(place.dir, 'c', 'cntlm.log'), 'Jun 11 08:00:00 ci cntlm[7]: Connection denied for 10.213.0.2\n');
    const { code, out } = await tool(place.dir, 'check', '--fix', 'mended', 'c');
    expect(out).toMatch(/^Mended, in mended:\n {2}cntlm\.conf:8 \(cntlm\/denied-by-acl\)/);
    expect(out).toContain('The logs are of before the change: run the job again');
    expect(out).not.toContain('Left');
    expect(code).toBe(EXIT.ok);
  });

  it('names what logs show beside that', async () => {
    await using place = await scratch();
    await put(join(place.dir, 'c', NAME), WRONG);
    await put(
      join(place.dir, 'c', 'job.log'),
      "Running with gitlab-runner 17.5.3 (abc)\nGetting source from Git repository\nfatal: unable to access 'https://gitlab.com/a.git/': SSL certificate problem: self-signed certificate in certificate chain\n",
    );
    const { code, out } = await tool(place.dir, 'check', '--fix', 'mended', 'c');
    expect(out).toContain('They alone show tls/interceptor-ca-not-in-helper (job.log:3)');
    expect(code).toBe(EXIT.ok);
  });

  it('writes the remedied files elsewhere, where nothing is wrong any more', async () => {
    await using place = await scratch();
    const file = await put(join(place.dir, 'customer', NAME), WRONG);
    const { code, out } = await tool(place.dir, 'check', '--fix', 'mended', 'customer');
    expect(out).toMatch(/^Mended, in mended:\n {2}docker\.service\.d\/http-proxy\.conf:1 \(systemd\/wrong-section\): /);
    expect(out).toContain('proxyproof check mended finds nothing wrong any more.');
    expect(code).toBe(EXIT.ok);
    expect(await readFile(file, 'utf8')).toBe(WRONG);
    expect(await readFile(join(place.dir, 'mended', NAME), 'utf8')).toBe(DROP_IN);
    expect((await stat(join(place.dir, 'mended', NAME))).mode & 0o777).toBe(0o600);
    expect((await tool(place.dir, 'check', 'mended')).code).toBe(EXIT.ok);
  });

  it('says what is left, and what to do', async () => {
    await using place = await scratch();
    await put(join(place.dir, 'customer', NAME), DROP_IN.replaceAll(':3128', ''));
    const { code, out } = await tool(place.dir, 'check', '--fix', 'mended', 'customer');
    expect(out).toMatch(/Left, as it is not certain .*:\n {2}\S+:2 \(value\/port-missing\): .*\n {4}Write the port/);
    expect(code).toBe(EXIT.unexpected);
  });

  it.each([
    ['customer', /lies in customer/],
    ['customer/mended', /customer\/mended lies in customer/],
    ['full', /full is not empty/],
    ['full/a', /it is no directory/],
  ])('never writes to %s', async (to, expected) => {
    await using place = await scratch();
    await put(join(place.dir, 'customer', NAME), WRONG);
    await put(join(place.dir, 'full', 'a'), 'mine');
    const { code, err } = await tool(place.dir, 'check', '--fix', to, 'customer');
    expect(err).toMatch(expected);
    expect(code).toBe(EXIT.usage);
    expect(await readdir(join(place.dir, 'customer'))).toEqual(['docker.service.d']);
  });
});

describe('check --explain', () => {
  it("prints a cause's page", async () => {
    const { code, out } = await tool('/', 'check', '--explain', 'value/port-missing');
    expect(out).toMatch(/^value\/port-missing\n {2}The proxy has no port\.\n(.|\n)*Remedy +Write the port\.\n/);
    expect(code).toBe(EXIT.ok);
  });

  it.each([
    ['docker push hangs', 'body/registry-headers-stripped'],
    ['x509: certificate signed by unknown authority', 'tls/interceptor-ca-not-in-runner'],
    ['works until the next reboot', 'cntlm/address-missing-at-start'],
  ])('finds causes by “%s”', async (symptom, cause) => {
    expect((await tool('/', 'check', '--explain', symptom)).out).toContain(`  ${cause} `);
  });

  it.each([
    ['jobs stay pending 429', ['rate-limit/no-usable-header']],
    ['apk add temporary error', ['job-tools/build-without-args', 'docker-config/host-key-mismatch']],
    ['jobs stay pending', ['rate-limit/no-usable-header', 'selection/runner-service-without-proxy']],
  ])('puts first what “%s” comes from', async (symptom, causes) => {
    const [, ...found] = (await tool('/', 'check', '--explain', symptom)).out.split('\n');
    const first = found.slice(0, causes.length).map((line) => line.trim().split(' ')[0]);
    expect(first.toSorted()).toEqual(causes.toSorted());
  });

  it('says so when there is none', async () => {
    const { code, err } = await tool('/', 'check', '--explain', 'zzzz');
    expect(err).toContain('No cause has "zzzz".');
    expect(code).toBe(EXIT.usage);
  });
});
