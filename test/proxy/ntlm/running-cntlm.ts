import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real cntlm in the foreground, on a port of loopback. */
export class RunningCntlm implements AsyncDisposable {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #dir: string;
  output = '';

  private constructor(port: number, dir: string, child: ChildProcess) {
    this.url = `http://127.0.0.1:${port}`;
    this.#dir = dir;
    this.#child = child;
  }

  /** @param settings the lines of its configuration, but for Listen */
  static async start(settings: readonly string[]): Promise<RunningCntlm> {
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-cntlm-'));
    // It takes no port 0 and does not tell what it took, so it is given one that was free a moment ago.
    const port = await freePort();
    const file = join(dir, 'cntlm.conf');
    const listen = `Listen       127.0.0.1:${port} # Change to your docker0 interface IP`;
    await writeFile(file, `${[...settings, listen].join('\n')}\n`, { mode: 0o600 });
    const child = spawn('cntlm', ['-f', '-c', file], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
    });
    const cntlm = new RunningCntlm(port, dir, child);
    await cntlm.#says(/Cntlm ready/);
    return cntlm;
  }

  #says(what: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = (): Error => new Error(`Waited 30 s for cntlm to say ${what}, then gave up: ${this.output}`);
      const limit = setTimeout(() => reject(late()), 30_000);
      this.#child.stderr?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
        if (!what.test(this.output)) return;
        clearTimeout(limit);
        resolve();
      });
      this.#child.once('exit', (code) => {
        clearTimeout(limit);
        reject(new Error(`cntlm ended with ${code}: ${this.output}`));
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGKILL');
      await ended;
    }
    await rm(this.#dir, { recursive: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('Loopback gave no port.');
  return address.port;
}
