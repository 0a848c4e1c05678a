import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { childrenOf, ownLabel, RUN_VARIABLE, SEARCH_PATH } from '../../process/index.ts';
import { setupArguments } from './setup.ts';
import { type NamespaceTools, namespaceTools, UNSHARE } from './tools.ts';

/** What keeps a subject from going around the proxy on this machine, and why it is not more. */
export type MachineIsolation =
  | { readonly kind: 'namespace'; readonly tools: NamespaceTools }
  | { readonly kind: 'names'; readonly reason: string };

let known: Promise<MachineIsolation> | undefined;

/** Tries once whether namespaces can be made here, by making one. */
export function machineIsolation(): Promise<MachineIsolation> {
  known ??= probe();
  return known;
}

async function probe(): Promise<MachineIsolation> {
  try {
    if (process.platform !== 'linux') throw new Error('namespaces are a thing of Linux');
    if (process.getuid?.() !== 0) throw new Error('it takes root');
    if (typeof process.execve !== 'function') throw new Error('it takes Node 22.15 or newer');
    const tools = namespaceTools();
    await tryOut(tools);
    return { kind: 'namespace', tools };
  } catch (error) {
    return { kind: 'names', reason: (error as Error).message };
  }
}

async function tryOut({ unshare, sh, cat }: NamespaceTools): Promise<void> {
  // One mount of each kind that a world needs, in the namespace only.
  const view = { mounts: '/etc /etc none bind 0 0\n', covers: '/dev/null /etc/hosts none bind 0 0\n', covered: [] };
  const program = setupArguments(view, [sh, '-c', `echo; exec ${cat}`]);
  const child = spawn(unshare, [...UNSHARE, '--', sh, ...program], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: SEARCH_PATH, [RUN_VARIABLE]: ownLabel().label },
    timeout: 10_000,
    killSignal: 'SIGKILL',
  });
  let complaint = '';
  let up = false;
  let visible = false;
  child.stdin.on('error', () => {});
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  child.stdout.once('data', () => {
    up = true;
    visible = childrenOf(child.pid ?? 0).length === 1;
    child.stdin.end();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (!up || code !== 0)
    throw new Error(`unshare fails: ${complaint.trim().split('\n').at(-1) || `exit code ${code}`}`);
  if (!visible) throw new Error('/proc does not tell the children of a process');
}
