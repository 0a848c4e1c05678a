import { type ChildProcess, spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ownLabel, RUN_VARIABLE } from '../../process/index.ts';
import { exchangeOf } from '../recording/index.ts';
import { replyText } from '../replies/index.ts';
import { type CgiHead, parseCgiHead } from './cgi-head.ts';
import { git, gitEnvironment } from './git-process.ts';
import type { Repository } from './repository.ts';

/** How much of an answer's head is read before it is taken for something else, in bytes. */
const HEAD_LIMIT = 64 * 1024;

/** Runs git's own http-backend, a process for each request, as a web server would: https://git-scm.com/docs/git-http-backend */
export class HttpBackend implements AsyncDisposable {
  readonly #running = new Set<ChildProcess>();
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
  }

  /**
   * Answers a request.
   * @param service the path below the repository, such as `info/refs`
   */
  async serve(res: ServerResponse, repository: Repository, service: string): Promise<void> {
    const exchange = exchangeOf(res);
    const program = await findProgram(this.#home);
    if (res.closed) return;
    // Not by way of `git`, which would be one process more to start and to end.
    const child = spawn(program, [], {
      env: {
        ...gitEnvironment(this.#home),
        ...cgiVariables(res.req, repository, service),
        [RUN_VARIABLE]: ownLabel().label,
      },
    });
    this.#running.add(child);
    const gone = (): void => void child.kill();
    res.once('close', gone);
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, 2000);
    });
    const ended = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.once('error', (error) => {
        complaint = error.message;
        resolve();
      });
    });
    child.stdin.on('error', () => {});
    const bodied = res.req.method === 'POST';
    // It may answer without having read everything, and a client may leave: the answer tells either.
    const fed = bodied ? pipeline(exchange.streamBody(), child.stdin).catch(() => {}) : child.stdin.end();
    try {
      await passAnswer(child.stdout, res);
    } catch (error) {
      if (res.closed) return;
      if (res.headersSent) res.destroy();
      else replyText(res, 500, `git http-backend failed: ${complaint || (error as Error).message}\n`);
    } finally {
      res.off('close', gone);
      if (res.closed) child.kill();
      await Promise.all([fed, ended]);
      this.#running.delete(child);
      if (complaint !== '' && !res.closed) exchange.odd(`git http-backend said: ${complaint.trim()}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ends = [...this.#running].map((child) => new Promise((resolve) => child.once('close', resolve)));
    for (const child of this.#running) child.kill('SIGKILL');
    await Promise.all(ends);
  }
}

let found: Promise<string> | undefined;

/** Asks git where its programs are, once for the whole process. */
function findProgram(home: string): Promise<string> {
  found ??= git(['--exec-path'], { cwd: home, home }).then(
    (path) => join(path.trim(), 'git-http-backend'),
    (error: unknown) => {
      found = undefined;
      throw error;
    },
  );
  return found;
}

async function passAnswer(stdout: Readable, res: ServerResponse): Promise<void> {
  const head = await readHead(stdout);
  if (!head) throw new Error('it gave no answer');
  res.writeHead(head.status, head.headers);
  if (head.rest.length > 0) res.write(head.rest);
  await pipeline(stdout, res);
}

/** Reads as far as the head goes, and leaves the stream where it is. */
async function readHead(stdout: Readable): Promise<CgiHead | undefined> {
  let received = Buffer.alloc(0);
  for await (const chunk of stdout.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    received = Buffer.concat([received, chunk]);
    const head = parseCgiHead(received);
    if (head || received.length > HEAD_LIMIT) return head;
  }
  return undefined;
}

function cgiVariables(req: IncomingMessage, repository: Repository, service: string): Record<string, string> {
  const variables: Record<string, string> = {
    GIT_PROJECT_ROOT: dirname(repository.dir),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${basename(repository.dir)}/${service}`,
    QUERY_STRING: req.url?.split('?', 2)[1] ?? '',
    REQUEST_METHOD: req.method ?? 'GET',
    REMOTE_USER: 'gitlab-ci-token',
    REMOTE_ADDR: req.socket.remoteAddress ?? '127.0.0.1',
    SERVER_PROTOCOL: `HTTP/${req.httpVersion}`,
    GATEWAY_INTERFACE: 'CGI/1.1',
    // Belongs to the user the mock runs as, wherever the repository lies.
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  };
  const fromHeaders: Record<string, string> = {
    CONTENT_TYPE: 'content-type',
    CONTENT_LENGTH: 'content-length',
    HTTP_CONTENT_ENCODING: 'content-encoding',
    HTTP_ACCEPT_ENCODING: 'accept-encoding',
    HTTP_USER_AGENT: 'user-agent',
    GIT_PROTOCOL: 'git-protocol',
    HTTP_GIT_PROTOCOL: 'git-protocol',
  };
  for (const [variable, name] of Object.entries(fromHeaders)) {
    const value = req.headers[name];
    if (typeof value === 'string') variables[variable] = value;
  }
  return variables;
}
