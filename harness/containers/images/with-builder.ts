import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { controlGroupOf, ownLabel, RUN_VARIABLE, removeControlGroups } from '../../process/index.ts';
import { type DockerDaemon, startDaemon } from '../engine/daemon.ts';
import { startInOwnMounts } from '../engine/start-in-own-mounts.ts';
import { proxySettings } from './proxy-settings.ts';
import type { ImageStore } from './store.ts';
import { type StorePlace, tidy } from './tidy.ts';

/** The daemon that makes images uses the machine's own network and changes nothing of it. */
const BUILDER = ['--bridge', 'none', '--iptables=false', '--ip6tables=false'];

/**
 * Runs the daemon whose data root is the store, for as long as something is done with it. The store's lock must be held.
 * When that fails or is ended, what is half made is removed from the store again.
 * @param work gets the daemon, and a directory for files of its own
 * @param signal ends it early
 * @throws the signal's reason
 */
export async function withBuilder<T>(
  store: ImageStore,
  work: (docker: Docker, dir: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  // What a process that was killed has left half made.
  if (existsSync(store.workDir)) await tidy(store, withDaemon);
  // It is there exactly as long as the store may hold what is half made: it is how that is found.
  await mkdir(store.workDir, { recursive: true });
  try {
    const result = await withDaemon(store, work, signal);
    await rm(store.workDir, { recursive: true, force: true });
    return result;
  } catch (error) {
    // Where that fails too, the next one tries again, or clean; why the work failed is what matters here.
    await tidy(store, withDaemon).catch(() => {});
    throw error;
  }
}

/** Removes what killed processes have left half made in a store. Its lock must be held. */
export const tidyStore = (store: StorePlace): Promise<void> => tidy(store, withDaemon);

async function withDaemon<T>(
  store: StorePlace,
  work: (docker: Docker, dir: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const group = controlGroupOf(ownLabel().label, 0);
  const dir = join(store.workDir, 'daemon');
  // A daemon that was killed leaves its pid file, and another does not start beside that.
  await rm(dir, { recursive: true, force: true });
  await mkdir(store.dataRoot, { recursive: true });
  let daemon: DockerDaemon | undefined;
  const stopped = whenAborted(signal);
  try {
    const starting = startDaemon({
      start: startInOwnMounts,
      dir,
      dataRoot: store.dataRoot,
      args: [...BUILDER, '--cgroup-parent', `/${group}`],
      env: { PATH: process.env['PATH'] ?? '', ...proxySettings(), [RUN_VARIABLE]: ownLabel().label },
    });
    daemon = await starting;
    signal?.throwIfAborted();
    const result = await Promise.race([work(daemon.docker, store.workDir), stopped.promise]);
    await daemon[Symbol.asyncDispose]();
    return result;
  } catch (error) {
    // Nothing of what it does now is wanted any more.
    await daemon?.kill();
    throw error;
  } finally {
    stopped[Symbol.dispose]();
    await removeControlGroups(group);
  }
}

function whenAborted(signal: AbortSignal | undefined): { readonly promise: Promise<never> } & Disposable {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  const stop = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  return { promise, [Symbol.dispose]: () => signal?.removeEventListener('abort', stop) };
}
