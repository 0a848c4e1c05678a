import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'ntlm_auth'))
  .find((file) => existsSync(file));

/** Why tests that need Samba's `ntlm_auth` are skipped; undefined when it is here. */
export const noSamba =
  PROGRAM === undefined ? 'there is no ntlm_auth here (Debian, Ubuntu: apt-get install winbind)' : undefined;

/**
 * Samba's `ntlm_auth`, which squid is given as its NTLM helper. Told a password, it needs no domain controller: it
 * verifies, or proves, by itself.
 */
export class Samba implements AsyncDisposable {
  readonly #child;
  readonly #lines;
  readonly #dir = mkdtempSync(join(tmpdir(), 'proxyproof-samba-'));

  constructor(role: 'server' | 'client', account: { user: string; domain: string; password: string }) {
    const configuration = join(this.#dir, 'smb.conf');
    writeFileSync(configuration, '');
    const protocol = role === 'server' ? 'squid-2.5-ntlmssp' : 'ntlmssp-client-1';
    const credentials = [`--username=${account.user}`, `--domain=${account.domain}`, `--password=${account.password}`];
    this.#child = spawn(
      PROGRAM ?? 'ntlm_auth',
      [`--helper-protocol=${protocol}`, `--configfile=${configuration}`, ...credentials],
      { stdio: ['pipe', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' } },
    );
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Says a line of the helper protocol, such as `YR` with a message, and gives the answer. */
  async ask(
    code: string,
    message?: Buffer,
  ): Promise<{ readonly code: string; readonly message: Buffer; readonly text: string }> {
    this.#child.stdin.write(message ? `${code} ${message.toString('base64')}\n` : `${code}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`ntlm_auth ended when it was asked ${code}.`);
    const [answer = '', ...rest] = String(value).split(' ');
    return { code: answer, message: Buffer.from(rest[0] ?? '', 'base64'), text: rest.join(' ') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin.end();
    this.#child.kill();
    await ended;
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
