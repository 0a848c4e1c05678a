import { basename, dirname } from 'node:path/posix';
import type { SystemdHost } from '../../containers/host/index.ts';
import type { Installation } from '../../runner/subject.ts';

/** Where programs of a runner are installed. */
const PROGRAMS = '/usr/local/bin';
/** Where those of another runner wait. */
const WAITING = '/opt/upgrade';

const waiting = (path: string): string => (dirname(path) === PROGRAMS ? `${WAITING}/${basename(path)}` : path);

/** An installation with another beside it, which does not run yet. */
export function withUpgrade(installation: Installation, upgrade: Installation | undefined): Installation {
  if (!upgrade) return installation;
  const programs = { ...installation.programs, ...moved(upgrade.programs ?? {}) };
  return {
    volumes: [...new Set([...installation.volumes, ...upgrade.volumes.map(movedVolume)])],
    ...(Object.keys(programs).length > 0 ? { programs } : {}),
  };
}

const moved = (programs: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(programs).map(([path, content]) => [waiting(path), content]));

function movedVolume(volume: string): string {
  const [source = '', target = '', ...mode] = volume.split(':');
  return [source, waiting(target), ...mode].join(':');
}

const PUT = `for each in ${WAITING}/*; do target=${PROGRAMS}/\${each##*/}; [ -e "$target" ] && mount --bind "$each" "$target"; done; true`;
const TAKE = `for each in ${WAITING}/*; do umount --lazy "${PROGRAMS}/\${each##*/}"; done; true`;

/** Puts the programs that wait in the place of those that run; whoever calls restarts the service. Disposing takes them back. */
export async function upgrade(host: SystemdHost): Promise<AsyncDisposable> {
  await host.run(['sh', '-c', PUT]);
  return { [Symbol.asyncDispose]: async () => void (await host.run(['sh', '-c', TAKE])) };
}
