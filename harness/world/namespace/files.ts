import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The files of /etc that a namespace has of its own. */
export const FILES = ['hosts', 'resolv.conf', 'nsswitch.conf'] as const;

/** Name lookup that knows the hosts file and nothing else, for glibc and for Go, which both read this file. */
const HOSTS_ONLY = 'hosts: files';

/**
 * Writes the files that take the place of the machine's in a namespace.
 * @param dir where; made when it is not there
 * @param hosts name to address
 */
export async function writeNamespaceFiles(dir: string, hosts: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(dir, { recursive: true });
  // Many a program looks its own machine up.
  const lines = [...hosts, [hostname(), '127.0.0.1'] as const].map(([name, address]) => `${address}\t${name}\n`);
  const contents: Readonly<Record<(typeof FILES)[number], string>> = {
    hosts: lines.join(''),
    // Nobody listens there: whoever asks all the same (musl, a resolver of its own) is refused at once.
    'resolv.conf': 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n',
    'nsswitch.conf': await nsswitch(),
  };
  await Promise.all(FILES.map((name) => writeFile(join(dir, name), contents[name])));
}

async function nsswitch(): Promise<string> {
  const own = await readFile('/etc/nsswitch.conf', 'utf8').catch(() => '');
  const others = own.split('\n').filter((line) => line !== '' && !/^\s*(hosts:|#)/.test(line));
  return `${[...others, HOSTS_ONLY].join('\n')}\n`;
}
