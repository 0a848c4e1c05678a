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

describe('check --fix', () => {
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

  it('says so when there is none', async () => {
    const { code, err } = await tool('/', 'check', '--explain', 'zzzz');
    expect(err).toContain('No cause has "zzzz".');
    expect(code).toBe(EXIT.usage);
  });
});
