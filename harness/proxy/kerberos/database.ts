import { randomBytes } from 'node:crypto';
import { run } from '../../process/index.ts';
import { kerberosEnvironment } from './configuration.ts';
import type { KerberosPrograms } from './programs.ts';

/** How long one of the programs may take, in real milliseconds; 20 are usual. */
const LIMIT_MS = 20_000;
/** What kadmin.local says of what did not work; it ends with 0 all the same. */
const FAILED = /^(?:add_principal|change_password|ktadd|kadmin\.local): /m;

/** A realm's principals and their keys. */
export class PrincipalDatabase {
  readonly #programs: KerberosPrograms;
  readonly #dir: string;
  readonly #realm: string;

  private constructor(programs: KerberosPrograms, dir: string, realm: string) {
    this.#programs = programs;
    this.#dir = dir;
    this.#realm = realm;
  }

  /** @param dir has the realm's configuration files */
  static async create(programs: KerberosPrograms, dir: string, realm: string): Promise<PrincipalDatabase> {
    const database = new PrincipalDatabase(programs, dir, realm);
    const master = randomBytes(24).toString('hex');
    await database.#run(programs.kdb5_util, ['-r', realm, 'create', '-s'], `${master}\n${master}\n`);
    return database;
  }

  /** Adds a user, or gives one that is there another password. */
  async setPassword(name: string, password: string, isNew: boolean): Promise<void> {
    await this.#administer(`${isNew ? 'addprinc' : 'cpw'} -pw ${quoted(password)} ${name}`);
  }

  /** Adds a service with a key that nobody knows. */
  async addService(name: string): Promise<void> {
    await this.#administer(`addprinc -randkey ${name}`);
  }

  /** Writes a keytab with a principal's keys, which stay as they are. */
  async writeKeytab(path: string, name: string): Promise<void> {
    await this.#administer(`ktadd -k ${quoted(path)} -norandkey ${name}`);
  }

  /** By standard input: a command line can be read by everybody on the machine. */
  async #administer(command: string): Promise<void> {
    const said = await this.#run(this.#programs['kadmin.local'], ['-r', this.#realm], `${command}\n`);
    const failure = FAILED.exec(said);
    if (failure) {
      const [verb] = command.split(' ');
      throw new Error(`Kerberos refuses ${verb} in the realm ${this.#realm}: ${said.slice(failure.index).trim()}`);
    }
  }

  /** @returns what it wrote to standard error */
  async #run(file: string, args: readonly string[], input: string): Promise<string> {
    const { stderr } = await run(file, args, { cwd: this.#dir, env: kerberosEnvironment, input, limitMs: LIMIT_MS });
    return stderr;
  }
}

/** As kadmin.local reads an argument: a quote inside is written twice. */
function quoted(text: string): string {
  if (/[\r\n]/.test(text)) throw new Error('A Kerberos password or path cannot have a line break: choose another one.');
  return `"${text.replaceAll('"', '""')}"`;
}
