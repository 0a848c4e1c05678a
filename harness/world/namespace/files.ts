import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The files of /etc that a namespace has of its own. */
export const FILES = ['hosts', 'resolv.conf', 'nsswitch.conf'] as const;

/** Name lookup that knows the hosts file and nothing else, for glibc and for Go, which both read this file. */
const HOSTS_ONLY = 'hosts: files';
/** The same with the server in resolv.conf, after the file. */
const HOSTS_AND_SERVER = 'hosts: files dns';

/**
 * Writes the files that take the place of the machine's in a namespace.
 * @param dir where; made when it is not there
 * @param hosts name to address
 * @param asks whether what the hosts do not have is asked for at 127.0.0.1:53
 */
export async function writeNamespaceFiles(
  dir: string,
  hosts: ReadonlyMap<string, string>,
  asks = false,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  // Many a program looks its own machine up.
  const lines = [...hosts, [hostname(), '127.0.0.1'] as const].map(([name, address]) => `${address}\t${name}\n`);
  const contents: Readonly<Record<(typeof FILES)[number], string>> = {
    hosts: lines.join(''),
    // Unless names are asked for, nobody listens there: whoever asks all the same (musl, a resolver of its own) is refused at once.
    'resolv.conf': `nameserver 127.0.0.1\noptions timeout:${asks ? 5 : 1} attempts:1\n`,
    'nsswitch.conf': await nsswitch(asks ? HOSTS_AND_SERVER : HOSTS_ONLY),
  };
  await Promise.all(FILES.map((name) => writeFile(join(dir, name), contents[name])));
}

async function nsswitch(hosts: string): Promise<string> {
  const own = await readFile('/etc/nsswitch.conf', 'utf8').catch(() => '');
  const others = own.split('\n').filter((line) => line !== '' && !/^\s*(hosts:|#)/.test(line));
  return `${[...others, hosts].join('\n')}\n`;
}
