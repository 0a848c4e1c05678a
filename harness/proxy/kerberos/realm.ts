import { mkdir, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import type { Ledger } from '../../ledger/index.ts';
import { Daemon } from '../daemon.ts';
import type { Kerberos } from '../handle.ts';
import type { ProxyAuth } from '../spec.ts';
import { clientConfiguration, FILES, kdcConfiguration, kerberosEnvironment } from './configuration.ts';
import { PrincipalDatabase } from './database.ts';
import { parseKdcLine } from './kdc-log.ts';
import { listeningPort } from './listening-port.ts';
import { kerberosPrograms } from './programs.ts';

/** How long the KDC may take to serve, in real milliseconds; it takes some 10. */
const START_LIMIT_MS = 20_000;
const SERVES = /^krb5kdc: starting/;
const GAVE_UP = /Error setting up network|while initializing|cannot initialize realm/i;
const WORTH_TELLING = /\(Error\)|while |cannot/;
/** Said by every KDC that was not told of groups for SPAKE. */
const HARMLESS = /preauth spake failed to initialize/;
/** Names that need no quotes in any of Kerberos' files, nor in squid's. */
const USER = /^[\w.-]+$/;
const REALM = /^[A-Z0-9][A-Z0-9.-]*$/;

/** What a realm is made of. */
export interface RealmOptions {
  readonly auth: ProxyAuth;
  /** By which the subject knows the proxy. */
  readonly proxyHost: string;
  /** By which the subject knows the KDC. */
  readonly kdcHost: string;
  /** Where its own directory is made. */
  readonly dir: string;
  readonly ledger: Ledger;
}

/** A Kerberos realm with a KDC of its own (RFC 4120), for one proxy and its users. */
export class KerberosRealm implements Kerberos, AsyncDisposable {
  readonly realm: string;
  readonly principal: string;
  readonly service: string;
  readonly port: number;
  readonly configuration: string;
  readonly keytab: string;
  readonly #ledger: Ledger;
  readonly #dir: string;
  readonly #database: PrincipalDatabase;
  readonly #kdc: Daemon;
  readonly #users = new Set<string>();
  readonly #open = new Set<Socket>();

  private constructor(
    { auth, proxyHost, kdcHost, ledger }: RealmOptions,
    made: { realm: string; dir: string; database: PrincipalDatabase; kdc: Daemon; port: number },
  ) {
    this.realm = made.realm;
    this.principal = `${auth.user}@${made.realm}`;
    this.service = `HTTP/${proxyHost}@${made.realm}`;
    this.port = made.port;
    this.configuration = clientConfiguration(made.realm, `${kdcHost}:${made.port}`, [proxyHost]);
    this.keytab = keytabOf(made.dir, auth.user);
    this.#ledger = ledger;
    this.#dir = made.dir;
    this.#database = made.database;
    this.#kdc = made.kdc;
  }

  /**
   * Makes the realm's database with the user and the proxy in it, and starts its KDC.
   * @throws Error when a name cannot be used, or the machine has no KDC
   */
  static async start(options: RealmOptions): Promise<KerberosRealm> {
    const { auth, proxyHost, kdcHost, ledger } = options;
    const realm = checked(auth);
    const programs = await kerberosPrograms();
    const dir = join(options.dir, 'kerberos');
    await mkdir(dir, { mode: 0o700 });
    await writeFile(join(dir, FILES.kdc), kdcConfiguration(realm));
    await writeFile(join(dir, FILES.client), clientConfiguration(realm, kdcHost, [proxyHost]));
    const database = await PrincipalDatabase.create(programs, dir, realm);
    const kdc = await Daemon.start({
      name: 'krb5kdc',
      file: programs.krb5kdc,
      args: ['-n', '-r', realm],
      cwd: dir,
      env: kerberosEnvironment,
      setpriv: programs.setpriv,
      serves: SERVES,
      gaveUp: GAVE_UP,
      limitMs: START_LIMIT_MS,
      heard: (line) => heard(ledger, line),
    });
    try {
      const made = { realm, dir, database, kdc, port: await listeningPort(kdc.pid) };
      const it = new KerberosRealm(options, made);
      await it.#database.addService(it.service);
      await it.setPassword(auth.user, auth.password);
      return it;
    } catch (error) {
      await kdc.kill();
      throw error;
    }
  }

  async addUser(name: string, password: string): Promise<string> {
    this.#ledger.secrets.addCredentials(`kerberos-${name}`, name, password);
    return this.setPassword(name, password);
  }

  /**
   * Adds a user, or gives one that is there another password; tickets that are out stay good.
   * @returns the path of the keytab with the user's keys of now
   */
  async setPassword(name: string, password: string): Promise<string> {
    if (!USER.test(name)) throw unusable(name);
    const path = keytabOf(this.#dir, name);
    await this.#database.setPassword(name, password, !this.#users.has(name));
    this.#users.add(name);
    await rm(path, { force: true });
    await this.#database.writeKeytab(path, name);
    return path;
  }

  /** Writes the proxy's own keys. */
  writeServiceKeytab(path: string): Promise<void> {
    return this.#database.writeKeytab(path, this.service);
  }

  accept(socket: Socket): void {
    const kdc = connect({ host: '127.0.0.1', port: this.port, noDelay: true });
    for (const each of [socket, kdc]) {
      this.#open.add(each);
      each.once('close', () => this.#open.delete(each));
    }
    // What breaks off one side ends the other; a client that goes away is no news.
    pipeline(socket, kdc, socket, () => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await this.#kdc.kill();
  }
}

const keytabOf = (dir: string, user: string): string => join(dir, `${user}.keytab`);

/** @returns the realm's name */
function checked({ user, domain }: ProxyAuth): string {
  if (domain === undefined || !REALM.test(domain)) {
    throw new Error(
      'A proxy that asks for Negotiate needs a Kerberos realm in capital letters: give auth.domain, such as CORP.TEST.',
    );
  }
  if (!USER.test(user)) throw unusable(user);
  return domain;
}

const unusable = (user: string): Error =>
  new Error(`"${user}" cannot be a Kerberos user here: choose a name of letters, digits, dot, hyphen and underscore.`);

function heard(ledger: Ledger, text: string): boolean {
  const request = parseKdcLine(text);
  if (request) ledger.record('proxy', { kind: 'log', process: 'krb5kdc', stream: 'stderr', ...request });
  return request === undefined && WORTH_TELLING.test(text) && !HARMLESS.test(text);
}
