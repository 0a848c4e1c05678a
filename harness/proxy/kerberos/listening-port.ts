import { readdir, readFile, readlink } from 'node:fs/promises';

/** `TCP_LISTEN` of the kernel's table of sockets (proc_pid_net(5)). */
const LISTEN = '0A';

/**
 * The port on which a process of ours listens by TCP, for a program that takes any free port and does not say which.
 * @throws Error when it listens on none
 */
export async function listeningPort(pid: number): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  const open = await Promise.all(
    (await readdir(folder)).map((each) => readlink(`${folder}/${each}`).catch(() => undefined)),
  );
  const table = (await readFile(`/proc/${pid}/net/tcp`, 'utf8')).split('\n').map((line) => line.trim().split(/\s+/));
  // sl, local address, remote address, state, …; the tenth is the socket's inode.
  const row = table.find((fields) => fields[3] === LISTEN && open.includes(`socket:[${fields[9]}]`));
  const port = Number.parseInt(row?.[1]?.split(':')[1] ?? '', 16);
  if (Number.isNaN(port)) throw new Error(`The process ${pid} listens on no TCP port.`);
  return port;
}
