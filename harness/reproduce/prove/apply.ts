import type { Bundle } from '../../diagnosis/bundle/bundle.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import { PAGE_PATHS } from '../../diagnosis/host/paths.ts';
import { edited } from '../../diagnosis/remedy/edited.ts';
import { DAEMON_JSON } from '../machine/files.ts';
import { type Lab, restart } from '../machine/lab.ts';
import { LOCAL_CERTIFICATES } from '../plan/gateway.ts';
import type { Candidate } from './candidate.ts';

/** Only root may read what holds a password or a token. */
const PRIVATE = 0o600;

/** The files of a machine after changes; undefined where a line that is to be changed is not there. */
export function filesAfter(
  lab: Lab,
  bundle: Bundle,
  candidates: readonly Candidate[],
): ReadonlyMap<string, string> | undefined {
  const changed = edited(
    bundle,
    candidates.flatMap(({ edits }) => edits),
  );
  if (!changed) return undefined;
  const files = new Map(lab.files(diagnose(changed).picture));
  for (const { adds, removes = [] } of candidates) {
    for (const path of removes) files.delete(path);
    // What the machine itself needs of it stays.
    if (removes.includes(DAEMON_JSON)) files.set(DAEMON_JSON, lab.file(DAEMON_JSON, '{}\n'));
    for (const [path, content] of adds) files.set(path, lab.file(path, content));
  }
  return files;
}

/**
 * Makes a machine's files others, and has the services take them up as a person would: units are read again and their service restarted,
 * a service is restarted whose own file changed.
 */
export async function apply(
  lab: Lab,
  from: ReadonlyMap<string, string>,
  to: ReadonlyMap<string, string>,
): Promise<void> {
  const changed = [...new Set([...from.keys(), ...to.keys()])].filter((path) => from.get(path) !== to.get(path));
  for (const path of changed) {
    const content = to.get(path);
    if (content === undefined) await lab.host.run(['rm', '-f', path]);
    else await lab.host.write(path, content, isPrivate(path) ? PRIVATE : undefined);
  }
  await takeUp(lab, changed);
}

async function takeUp({ host }: Lab, changed: readonly string[]): Promise<void> {
  for (const command of rereads(changed)) await host.run(command);
  for (const unit of servicesOf(changed)) await restart(host, unit);
}

const rereads = (changed: readonly string[]): readonly (readonly string[])[] => [
  ...(changed.some((path) => path.includes('/systemd/')) ? [['systemctl', 'daemon-reload']] : []),
  ...(changed.some((path) => /\/systemd\/system\.conf/.test(path)) ? [['systemctl', 'daemon-reexec']] : []),
];

/** What a person does for changed files to count. @param changed paths on the machine */
export function takeUpCommands(changed: readonly string[]): readonly (readonly string[])[] {
  const services = servicesOf(changed);
  const store = changed.some(isOfStore) ? [['update-ca-certificates']] : [];
  return [...store, ...rereads(changed), ...(services.length > 0 ? [['systemctl', 'restart', ...services]] : [])];
}

/** In the order in which they rest on each other. */
export function servicesOf(changed: readonly string[]): readonly string[] {
  const of = (unit: string): boolean =>
    changed.some((path) => path.includes(`/${unit}.service.d/`) || OWN[unit]?.test(path));
  return ['cntlm', 'docker', 'gitlab-runner'].filter(of);
}

/** Files besides drop-ins that a service reads when it starts; one that EnvironmentFile= names may be any. */
const OWN: Readonly<Record<string, RegExp>> = {
  cntlm: new RegExp(`^${PAGE_PATHS.cntlm}$`),
  docker:
    /^\/etc\/docker\/daemon\.json$|^\/etc\/(?:default|sysconfig)\/docker$|\/system\.conf|^\/etc\/(?!gitlab-runner|systemd|cntlm|docker)|^\/usr\/local\/share\/ca-certificates\//,
  'gitlab-runner':
    /^\/etc\/gitlab-runner\/|^\/etc\/(?:default|sysconfig)\/gitlab-runner$|\/system\.conf|^\/etc\/(?!gitlab-runner|systemd|cntlm|docker)/,
};

const isOfStore = (path: string): boolean => path.startsWith(`${LOCAL_CERTIFICATES}/`);

const isPrivate = (path: string): boolean => /cntlm|config\.(?:toml|json)$/.test(path);
