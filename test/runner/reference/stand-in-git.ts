import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Git repositories over HTTP, by git's own http-backend, and the objects of Git LFS. */
export class StandInGit implements AsyncDisposable {
  /** `METHOD path` and the client of every request, as the server or, through a proxy, the proxy's request shows it. */
  readonly seen: { request: string; userAgent: string; forwarded: boolean }[] = [];
  readonly #dir = mkdtempSync(join(tmpdir(), 'proxyproof-test-git-'));
  readonly #objects = new Map<string, string>();
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<StandInGit> {
    const git = new StandInGit();
    git.#server.listen(0, '127.0.0.1');
    await once(git.#server, 'listening');
    return git;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Adds a commit to a repository, which is made if need be. @returns its SHA */
  commit(
    name: string,
    files: Readonly<Record<string, string>>,
    prepare: (git: (...args: string[]) => string) => void = () => {},
  ): string {
    const work = join(this.#dir, 'work', name);
    const bare = join(this.#dir, 'bare', `${name}.git`);
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'protocol.file.allow=always', ...args], {
        cwd: work,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: this.#dir, GIT_CONFIG_NOSYSTEM: '1' },
        stdio: 'pipe',
      }).trim();
    mkdirSync(work, { recursive: true });
    git('init', '-q', '-b', 'main');
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), content);
    }
    prepare(git);
    git('add', '-A');
    git('commit', '-q', '-m', 'c');
    git('init', '-q', '--bare', '-b', 'main', bare);
    git('push', '-q', bare, 'main');
    return git('rev-parse', 'HEAD');
  }

  /** Stores an object for Git LFS. @returns the pointer that stands for it */
  lfs(content: string): string {
    const oid = createHash('sha256').update(content).digest('hex');
    this.#objects.set(oid, content);
    return `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${Buffer.byteLength(content)}\n`;
  }

  get requests(): string[] {
    return this.seen.map((each) => each.request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that was told of a proxy asks for a whole URL; this server is its proxy as well.
    const forwarded = request.url?.startsWith('http:') === true;
    const url = new URL(request.url ?? '', 'http://gitlab.test');
    const what = `${request.method} ${url.pathname}`;
    this.seen.push({ request: what, userAgent: request.headers['user-agent'] ?? '', forwarded });
    const object = /\/objects\/([0-9a-f]{64})$/.exec(url.pathname)?.[1];
    if (object) return void response.end(this.#objects.get(object));
    if (url.pathname.endsWith('/info/lfs/objects/batch')) return this.#batch(request, response, url);
    this.#backend(request, response, url);
  }

  async #batch(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { objects } = JSON.parse(Buffer.concat(chunks).toString()) as { objects: { oid: string; size: number }[] };
    const href = (oid: string): string => `http://${request.headers.host}${url.pathname.replace('batch', oid)}`;
    response.setHeader('Content-Type', 'application/vnd.git-lfs+json');
    const found = objects.map((each) => ({ ...each, actions: { download: { href: href(each.oid) } } }));
    response.end(JSON.stringify({ transfer: 'basic', objects: found }));
  }

  #backend(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        HOME: this.#dir,
        GIT_PROJECT_ROOT: join(this.#dir, 'bare'),
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: request.headers['git-protocol']?.toString() ?? '',
      },
    });
    request.pipe(child.stdin);
    void passOn(child.stdout, response);
  }
}

/** Turns a CGI program's output into an answer. */
async function passOn(output: Readable, response: ServerResponse): Promise<void> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of output as AsyncIterable<Buffer>) {
    if (!head) {
      response.write(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) continue;
    for (const line of head.subarray(0, end).toString().split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.write(head.subarray(end + 4));
    head = undefined;
  }
  response.end();
}
