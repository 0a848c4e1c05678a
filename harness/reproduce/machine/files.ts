import { PAGE_PATHS } from '../../diagnosis/host/paths.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { serviceName } from '../../diagnosis/service-name.ts';
import { placeOf } from '../plan/place.ts';
import type { CasePlan } from '../plan/plan.ts';
import { withAccount } from './cntlm-file.ts';
import { type ConfigChanges, withStandIns } from './config-file.ts';
import { type DaemonSettings, withMachineSettings } from './daemon-file.ts';

export const DAEMON_JSON = '/etc/docker/daemon.json';

/** What stand-ins and machine need of the files that lie there. */
export interface StandIns {
  readonly config: ConfigChanges;
  readonly daemon: DaemonSettings;
}

/** The files of a customer's machine: path to content. Pure. */
export function machineFiles(picture: Picture, plan: CasePlan, needs: StandIns): ReadonlyMap<string, string> {
  const files = new Map<string, string>([
    [DAEMON_JSON, '{}\n'],
    ...plan.fromPage.map(({ path, content }) => [path, content] as const),
  ]);
  for (const document of picture.documents) {
    const place = placeOf(document);
    if (place) files.set(place.path, place.content);
  }
  const shown = shownEnvironments(picture, files);
  for (const [path, content] of shown) files.set(path, content);
  return new Map([...files].map(([path, content]) => [path, asOnMachine(path, content, plan, needs)]));
}

/** A file as it lies on the machine: with what the stand-ins need. */
export function asOnMachine(path: string, content: string, { auth }: CasePlan, { config, daemon }: StandIns): string {
  if (path === PAGE_PATHS.config) return withStandIns(content, config);
  if (path === PAGE_PATHS.cntlm) return withAccount(content, auth);
  if (path === DAEMON_JSON) return withMachineSettings(content, daemon);
  return content;
}

/** What `systemctl show` printed of a service whose files were not handed over. */
function shownEnvironments(
  picture: Picture,
  files: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  return picture.all('show').flatMap(({ unit, environment }) => {
    const name = serviceName(unit);
    const dir = `/etc/systemd/system/${name}.service.d/`;
    if (name === '' || environment.length === 0 || [...files.keys()].some((path) => path.startsWith(dir))) return [];
    const lines = environment.map((each) => `Environment=${quoted(`${each.name}=${each.value}`)}`);
    return [[`${dir}http-proxy.conf`, ['[Service]', ...lines, ''].join('\n')] as const];
  });
}

/** As systemd reads it back: systemd.syntax(7), “Quoting”; systemd.unit(5), “Specifiers”. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%')}"`;
