import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where the parts of squid are on this machine. */
export interface SquidPrograms {
  readonly squid: string;
  /** Such as `squid 5.7`. */
  readonly product: string;
  readonly basicHelper: string;
  readonly digestHelper: string;
  /** Ends a program together with us, where there is one. */
  readonly setpriv: string | undefined;
}

const SQUID = ['/usr/sbin/squid', '/usr/local/sbin/squid', '/usr/local/squid/sbin/squid'];
const HELPERS = ['/usr/lib/squid', '/usr/libexec/squid', '/usr/lib64/squid', '/usr/lib/squid3'];
const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'];

let found: Promise<SquidPrograms> | undefined;

/**
 * Finds squid and asks it for its version, once.
 * @throws Error when it is not there
 */
export function squidPrograms(): Promise<SquidPrograms> {
  found ??= find();
  return found;
}

async function find(): Promise<SquidPrograms> {
  const squid = await firstOf(SQUID);
  if (!squid) throw missing('squid');
  const helper = async (name: string): Promise<string> => {
    const path = await firstOf(HELPERS.map((folder) => join(folder, name)));
    if (!path) throw missing(name);
    return path;
  };
  const { stdout } = await promisify(execFile)(squid, ['-v'], { timeout: 10_000 });
  const version = /Version (\S+)/.exec(stdout)?.[1] ?? 'of an unknown version';
  return {
    squid,
    product: `squid ${version}`,
    basicHelper: await helper('basic_ncsa_auth'),
    digestHelper: await helper('digest_file_auth'),
    setpriv: await firstOf(SETPRIV),
  };
}

async function firstOf(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const there = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return undefined;
}

const missing = (name: string): Error =>
  new Error(`${name} is not installed here. On Debian or Ubuntu \`apt-get install squid\` brings it.`);
