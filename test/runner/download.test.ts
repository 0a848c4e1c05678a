import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realClock } from '../../harness/clock/index.ts';
import { checksumOf } from '../../harness/runner/download/checksum.ts';
import { downloadRunner } from '../../harness/runner/download/download.ts';
import { resolveSubject } from '../../harness/runner/resolve/resolve.ts';
import { versionText } from './gitlab-runner/stand-in-runner.ts';

const RELEASE = '/v17.11.4/release.sha256';
const BINARY = '/v17.11.4/binaries/gitlab-runner-linux-amd64';
const program = `#!/bin/sh\ncat <<'TEXT'\n${versionText('17.11.4')}TEXT\n`;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const list = `${sha256('other')} *binaries/gitlab-runner-linux-arm64\n${sha256(program)} *binaries/gitlab-runner-linux-amd64\n`;

let cacheDir: string;
let stack: AsyncDisposableStack;
beforeEach(async () => {
  stack = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
  stack.defer(() => rm(dir, { recursive: true, force: true }));
  cacheDir = join(dir, 'cache');
});
afterEach(() => stack.disposeAsync());

/** A download server of the test's own; what it was asked for is kept. */
async function serve(files: Record<string, string | RequestListener>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const file = files[request.url ?? ''];
    if (typeof file === 'function') return file(request, response);
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The test server has no address.');
  const download = { baseUrl: `http://127.0.0.1:${address.port}`, answerLimitMs: 5_000, transferLimitMs: 10_000 };
  return { asked, download, server, port: address.port };
}

type Served = Awaited<ReturnType<typeof serve>>;

const get = (served: Pick<Served, 'download'>, env: Record<string, string> = {}): Promise<string> =>
  downloadRunner('17.11.4', {
    cacheDir,
    server: served.download,
    env,
    clock: realClock(),
    platform: { os: 'linux', arch: 'x64' },
  });

describe('a download', () => {
  it('is verified, executable, and asked for once', async () => {
    const served = await serve({ [RELEASE]: list, [BINARY]: program });
    const path = await get(served);
    expect(await readFile(path, 'utf8')).toBe(program);
    expect((await stat(path)).mode & 0o777).toBe(0o755);
    expect(served.asked).toEqual([RELEASE, BINARY]);
    expect(await get(served)).toBe(path);
    expect(served.asked).toHaveLength(2);
    expect(await readdir(cacheDir)).toEqual([`gitlab-runner-linux-amd64-17.11.4-${sha256(program)}`]);
  });

  it('is done again when the cache holds something else under its checksum', async () => {
    const served = await serve({ [RELEASE]: list, [BINARY]: program });
    const path = await get(served);
    await writeFile(path, 'spoilt');
    expect(await readFile(await get(served), 'utf8')).toBe(program);
  });

  it('clears away what a killed run had begun, and leaves alone what a living one is at', async () => {
    const served = await serve({ [RELEASE]: list, [BINARY]: program });
    await get(served);
    const partial = (pid: number) => `gitlab-runner-linux-amd64-17.11.4-${sha256(program)}.${pid}.partial`;
    await writeFile(join(cacheDir, partial(999_999_999)), '');
    await writeFile(join(cacheDir, partial(process.ppid)), '');
    await rm(await get(served));
    await get(served);
    const entries = await readdir(cacheDir);
    expect(entries).not.toContain(partial(999_999_999));
    expect(entries).toContain(partial(process.ppid));
  });

  it('follows a redirect', async () => {
    const served = await serve({
      [RELEASE]: list,
      [BINARY]: (_, response) => response.writeHead(302, { location: '/elsewhere' }).end('gone'),
      '/elsewhere': program,
    });
    expect(await readFile(await get(served), 'utf8')).toBe(program);
  });

  it('does not follow redirects for ever', async () => {
    const served = await serve({ [RELEASE]: (_, response) => response.writeHead(302, { location: RELEASE }).end() });
    await expect(get(served)).rejects.toThrow('more than 5 redirects');
  });
});

describe('a download that fails', () => {
  it.each<[string, Record<string, string | RequestListener>, RegExp]>([
    [
      'the checksum is wrong',
      { [RELEASE]: list, [BINARY]: 'tampered' },
      /has the SHA-256 .* but its release publishes/,
    ],
    ['there is no release', {}, /answers 404: there is no gitlab-runner 17.11.4 there/],
    ['there is no binary', { [RELEASE]: list }, /linux-amd64 answers 404/],
    ['the list lacks it', { [RELEASE]: 'nonsense', [BINARY]: program }, /has no checksum of binaries/],
    ['the server is broken', { [RELEASE]: (_, res) => res.writeHead(500).end() }, /the server answered 500/],
    [
      'the transfer is cut',
      {
        [RELEASE]: list,
        [BINARY]: (_, response) => {
          response.writeHead(200, { 'content-length': 1000 });
          response.write('some', () => response.destroy());
        },
      },
      /could not be downloaded: .*(closed|terminated|reset|aborted)/i,
    ],
  ])('says so when %s, and keeps nothing', async (_, files, words) => {
    await expect(get(await serve(files))).rejects.toThrow(words);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  it('says so when nobody listens', async () => {
    const served = await serve({});
    await new Promise((resolve) => served.server.close(resolve));
    await expect(get(served)).rejects.toThrow(/could not be downloaded: .*ECONNREFUSED.*give --runner the path/s);
  });

  it('says so when it takes too long', async () => {
    const served = await serve({ [RELEASE]: () => {} });
    const slow = { download: { ...served.download, transferLimitMs: 100 } };
    await expect(get(slow)).rejects.toThrow('it took longer than 0.1 s');
  });

  it('says so when the answer does not begin', async () => {
    const served = await serve({ [RELEASE]: (_, response) => response.writeHead(200).write('x') });
    const slow = { download: { ...served.download, answerLimitMs: 100 } };
    await expect(get(slow)).rejects.toThrow(/could not be downloaded: .*timeout/i);
  });

  it('says so when it cannot be kept', async () => {
    const served = await serve({ [RELEASE]: list, [BINARY]: program });
    await writeFile(cacheDir, 'a file where the cache should be');
    await expect(get(served)).rejects.toThrow(/cannot be kept in .*Free space, or set XDG_CACHE_HOME/);
  });

  it('says so on a machine it has no binary for', async () => {
    const options = { cacheDir, env: {}, clock: realClock() };
    const other = downloadRunner('17.11.4', { ...options, platform: { os: 'darwin', arch: 'arm64' } });
    await expect(other).rejects.toThrow('downloaded for Linux only, and this is darwin on arm64');
  });
});

describe("the user's proxy", () => {
  /** A proxy that tunnels to the download server, whatever it is asked for. */
  async function proxy(port: number) {
    const asked: string[] = [];
    const server = createServer();
    server.on('connect', (request, socket) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      const up = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        up.pipe(socket).pipe(up);
      });
      up.on('error', () => socket.destroy());
      socket.on('error', () => up.destroy());
      stack.defer(() => {
        up.destroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stack.defer(() => {
      server.close();
    });
    const address = server.address();
    return { asked, url: `http://u:p@127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
  }

  const away = (served: Served) => ({ download: { ...served.download, baseUrl: 'http://downloads.test' } });

  it.each(['http_proxy', 'HTTP_PROXY'])('is used when %s names it', async (name) => {
    const served = await serve({ [RELEASE]: list, [BINARY]: program });
    const { asked, url } = await proxy(served.port);
    await get(away(served), { [name]: url });
    expect(new Set(asked)).toEqual(new Set([`downloads.test:80 Basic ${Buffer.from('u:p').toString('base64')}`]));
  });

  it('is not used for what NO_PROXY names', async () => {
    const served = await serve({ [RELEASE]: list, [BINARY]: program });
    const { asked, url } = await proxy(served.port);
    await get(served, { HTTP_PROXY: url, NO_PROXY: '127.0.0.1' });
    expect(asked).toEqual([]);
  });

  it('is mentioned when it is what fails', async () => {
    const served = await serve({});
    await new Promise((resolve) => served.server.close(resolve));
    const dead = { http_proxy: served.download.baseUrl };
    await expect(get(away(served), dead)).rejects.toThrow(/ECONNREFUSED.*names a proxy, which was used/s);
  });
});

describe('a version as a subject', () => {
  const onThisMachine = process.platform === 'linux' && process.arch === 'x64';

  it.runIf(onThisMachine).each(['17.11.4', 'v17.11.4'])('%s is downloaded and driven', async (name) => {
    const { download } = await serve({ [RELEASE]: list, [BINARY]: program });
    const driver = await resolveSubject(name, { cacheDir, download, env: { PATH: '/usr/bin:/bin' } });
    expect(driver.identity).toMatchObject({ kind: 'gitlab-runner', version: '17.11.4' });
    expect(driver.identity.path.startsWith(cacheDir)).toBe(true);
  });

  it.runIf(onThisMachine)('is refused when the binary is of another version', async () => {
    const wrong = program.replace('17.11.4', '16.0.0');
    const { download } = await serve({ [RELEASE]: list.replace(sha256(program), sha256(wrong)), [BINARY]: wrong });
    await expect(resolveSubject('17.11.4', { cacheDir, download, env: { PATH: '/usr/bin:/bin' } })).rejects.toThrow(
      'was downloaded as gitlab-runner 17.11.4, but says it is gitlab-runner 16.0.0',
    );
  });
});

it('a checksum list is read as sha256sum writes it', () => {
  const digest = 'A'.repeat(64);
  expect(checksumOf(`${digest}  ./binaries/x\r\n`, 'binaries/x')).toBe('a'.repeat(64));
  expect(checksumOf(`${digest} *binaries/x`, 'binaries/x')).toBe('a'.repeat(64));
  expect(checksumOf(`${digest}  other/binaries/x`, 'binaries/x')).toBeUndefined();
  expect(checksumOf(`${digest.slice(1)}  binaries/x`, 'binaries/x')).toBeUndefined();
});
