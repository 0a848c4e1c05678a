import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { hasSquid, ProxyStage } from '../stage.ts';

const hasKerberos = ['/usr/sbin/krb5kdc', '/usr/bin/kinit', '/usr/lib/squid/negotiate_kerberos_auth'].every((each) =>
  existsSync(each),
);
const SPEC = {
  kind: 'squid',
  auth: { scheme: 'negotiate', user: 'alice', password: 'p "w\\x', domain: 'CORP.TEST' },
} as const;

/** How long squid and the KDC may take to write a line of their logs, which nobody waits for otherwise. */
const LOG_LIMIT = { timeout: 5_000 };

/** A user's machine in the realm of a stage's proxy. */
class Client implements AsyncDisposable {
  readonly #stage: ProxyStage;
  readonly #dir: string;

  private constructor(stage: ProxyStage, dir: string) {
    this.#stage = stage;
    this.#dir = dir;
  }

  static async create(stage: ProxyStage): Promise<Client> {
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
    await writeFile(join(dir, 'krb5.conf'), stage.proxy.kerberos?.configuration ?? '');
    return new Client(stage, dir);
  }

  kinit(user: string, password: string): Promise<{ code: number; stderr: string }> {
    return this.run('kinit', [user], {}, `${password}\n`);
  }

  /** @returns the last status that curl saw, of a CONNECT when that was refused */
  async curl(url: string, env: Readonly<Record<string, string>> = {}, ...more: string[]): Promise<string> {
    const { stdout } = await this.run(
      'curl',
      [
        ...['-q', '-sS', '-k', '--max-time', '10', '-o', '/dev/null', '-w', '%{http_connect} %{http_code}'],
        ...['--proxy', this.#stage.proxy.urlWithoutCredentials, ...more, url],
      ],
      env,
    );
    return stdout;
  }

  run(
    file: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    input = '',
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      const mine = {
        PATH: process.env['PATH'] ?? '',
        HOME: this.#dir,
        LANG: 'C',
        KRB5_CONFIG: join(this.#dir, 'krb5.conf'),
        KRB5CCNAME: `FILE:${join(this.#dir, 'tickets')}`,
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_NOSYSTEM: '1',
        ...env,
      };
      const child = execFile(file, args, { env: mine, timeout: 15_000 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
      child.stdin?.end(input);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true });
  }
}

const NEGOTIATE = ['--proxy-negotiate', '--proxy-user', ':'];

describe.skipIf(!hasSquid || !hasKerberos)('squid with Kerberos', () => {
  test('lets a user with a ticket through, plain and by CONNECT, and nobody without one', async () => {
    await using stage = await ProxyStage.create(SPEC);
    await using client = await Client.create(stage);
    expect(await client.curl(stage.http, {}, ...NEGOTIATE)).toBe('000 407');
    expect(await client.curl(stage.https, {}, ...NEGOTIATE)).toBe('407 000');
    expect(stage.seen).toHaveLength(0);
    expect(await client.kinit('alice', SPEC.auth.password)).toMatchObject({ code: 0 });
    expect(await client.curl(stage.http, {}, ...NEGOTIATE)).toBe('000 200');
    expect(await client.curl(stage.https, {}, ...NEGOTIATE)).toBe('200 200');
    expect(stage.seen).toHaveLength(2);
    // The user is known by name in squid's own log; the ticket itself is in no record.
    const users = () => stage.evidence.logs(/TCP_(MISS|TUNNEL)/, 'proxy').map(({ fields }) => fields?.['user']);
    await vi.waitFor(() => expect(users()).toEqual(['alice@CORP.TEST', 'alice@CORP.TEST']), LOG_LIMIT);
    expect(JSON.stringify(stage.ledger.events)).not.toMatch(/YII[A-Za-z0-9+/]{20}/);
    const asked = () => stage.evidence.logs(/_REQ ISSUE/, 'proxy').map(({ fields }) => fields?.['service']);
    await vi.waitFor(
      () => expect(asked()).toEqual(['krbtgt/CORP.TEST@CORP.TEST', 'HTTP/127.0.0.1@CORP.TEST']),
      LOG_LIMIT,
    );
  });

  test('gives a keytab with which GSSAPI gets its tickets by itself; a user and a password are no ticket', async () => {
    await using stage = await ProxyStage.create(SPEC);
    await using client = await Client.create(stage);
    const { keytab = '' } = stage.proxy.kerberos ?? {};
    expect(await client.curl(stage.http, { KRB5_CLIENT_KTNAME: keytab }, ...NEGOTIATE)).toBe('000 200');
    expect(await client.curl(stage.http, {}, '--proxy-user', `alice:${SPEC.auth.password}`)).toBe('000 407');
  });

  test('refuses another user of the realm, a wrong password, and a ticket for another service', async () => {
    await using stage = await ProxyStage.create(SPEC);
    await using client = await Client.create(stage);
    const stranger = await stage.proxy.kerberos?.addUser('stranger', 'other password');
    expect(stranger).toEqual(expect.stringMatching(/stranger\.keytab$/));
    expect(await client.curl(stage.http, { KRB5_CLIENT_KTNAME: stranger ?? '' }, ...NEGOTIATE)).toBe('000 407');
    const denied = () => stage.evidence.logs(/TCP_DENIED/, 'proxy').at(-1)?.fields;
    await vi.waitFor(() => expect(denied()).toMatchObject({ user: 'stranger@CORP.TEST' }), LOG_LIMIT);
    expect(await client.kinit('alice', 'wrong')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Password incorrect|Preauthentication failed/),
    });
    const { code } = await client.kinit('alice', SPEC.auth.password);
    expect(code).toBe(0);
    // By this name for the proxy there is no service in the realm.
    const { port } = stage.proxy;
    const other = ['--proxy', `http://localhost:${port}`, ...NEGOTIATE];
    expect(await client.curl(stage.http, {}, ...other)).toBe('000 407');
    expect(stage.seen).toHaveLength(0);
  });

  test('a ticket that was overheard is good for nobody', async () => {
    await using stage = await ProxyStage.create(SPEC);
    await using client = await Client.create(stage);
    expect((await client.kinit('alice', SPEC.auth.password)).code).toBe(0);
    const proxy = ['--proxy', stage.proxy.urlWithoutCredentials, ...NEGOTIATE];
    const { stderr } = await client.run('curl', ['-q', '-sSv', '--max-time', '10', ...proxy, stage.http]);
    const overheard = /^> (Proxy-Authorization: Negotiate \S+)/m.exec(stderr)?.[1] ?? '';
    expect(overheard).toMatch(/ YII/);
    const again = stage.connect();
    again.say(`GET ${stage.http}/again HTTP/1.1`, 'Host: gitlab.test', overheard);
    await again.hears(/^HTTP\/1\.1 407 /);
    expect(stage.seen.map(({ url }) => url)).toEqual(['/']);
  });

  test('another password is right after a change, and none when there is none', async () => {
    await using stage = await ProxyStage.create(SPEC);
    await using client = await Client.create(stage);
    await stage.proxy.setCredentials({ user: 'alice', password: 'a new one' });
    expect((await client.kinit('alice', SPEC.auth.password)).code).toBe(1);
    expect((await client.kinit('alice', 'a new one')).code).toBe(0);
    expect(await client.curl(stage.http, {}, ...NEGOTIATE)).toBe('000 200');
    await stage.proxy.setCredentials(undefined);
    expect(await client.curl(stage.http, {}, ...NEGOTIATE)).toBe('000 407');
    await stage.proxy.setCredentials(SPEC.auth);
    const { keytab = '' } = stage.proxy.kerberos ?? {};
    expect(await client.curl(stage.http, { KRB5_CLIENT_KTNAME: keytab }, ...NEGOTIATE)).toBe('000 200');
  });

  test('git gets through with a ticket only when the URL of the proxy has a place for a user', async () => {
    await using stage = await ProxyStage.create(SPEC);
    await using client = await Client.create(stage);
    expect((await client.kinit('alice', SPEC.auth.password)).code).toBe(0);
    const lsRemote = async (proxy: string): Promise<string> => {
      const settings = ['-c', `http.proxy=${proxy}`, '-c', 'http.proxyAuthMethod=negotiate'];
      return (await client.run('git', [...settings, 'ls-remote', `${stage.http}/x.git`])).stderr;
    };
    const { port } = stage.proxy;
    expect(await lsRemote(`http://127.0.0.1:${port}`)).toMatch(/CONNECT|407/);
    expect(stage.seen).toHaveLength(0);
    await lsRemote(`http://:@127.0.0.1:${port}`);
    expect(stage.seen[0]?.url).toBe('/x.git/info/refs?service=git-upload-pack');
  });

  test('everything of a realm is in its own directory, and its KDC ends with the proxy', async () => {
    let port = 0;
    {
      await using stage = await ProxyStage.create(SPEC);
      port = stage.proxy.kerberos?.port ?? 0;
      const configuration = stage.proxy.kerberos?.configuration ?? '';
      expect(configuration).toContain(`kdc = 127.0.0.1:${port}\n`);
      expect(await readFile('/proc/net/tcp', 'utf8')).toContain(listens(port));
    }
    expect(await readFile('/proc/net/tcp', 'utf8')).not.toContain(listens(port));
  });
});

test.each([
  ['needs a Kerberos realm', { kind: 'squid', auth: { scheme: 'negotiate', user: 'u', password: 'p' } }],
  ['in capital letters', { kind: 'squid', auth: { scheme: 'negotiate', user: 'u', password: 'p', domain: 'corp' } }],
  ['cannot be a Kerberos user', { kind: 'squid', auth: { ...SPEC.auth, user: 'a b' } }],
  ['knows no Kerberos', { ...SPEC, kind: 'keep-alive' }],
  ['knows no Kerberos', { ...SPEC, kind: 'basic' }],
  ['Squid asks a Windows domain about NTLM', { kind: 'squid', auth: { ...SPEC.auth, scheme: 'ntlm' } }],
] as const)('a declaration is refused that %s', async (why, spec) => {
  await expect(ProxyStage.create(spec)).rejects.toThrow(why);
});

/** As the kernel's table of sockets shows one that listens on loopback. */
const listens = (port: number): string =>
  `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`;
