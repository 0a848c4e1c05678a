import { readFile } from 'node:fs/promises';

/** Accounts that squid runs as by default: Debian's, Red Hat's, and nobody's. */
const ACCOUNTS = ['proxy', 'squid', 'nobody'];

/** Who squid runs as: it refuses to be root, so root starts it as one of its usual accounts. */
export async function squidAccount(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ACCOUNTS) {
    const [, , uid, gid] = lines.find(([each]) => each === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(`Squid does not run as root, and none of its usual accounts is here: ${ACCOUNTS.join(', ')}.`);
}
