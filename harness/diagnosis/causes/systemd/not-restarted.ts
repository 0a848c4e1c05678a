import type { DockerInfoDocument, ShowDocument } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import type { Cause, Found } from '../cause.ts';
import { isAboutProxy, remedy, unsetLines } from './_units.ts';
import { wantedOf } from './_wanted.ts';

export const notRestartedCause: Cause = {
  id: 'systemd/not-restarted',
  severity: 'error',
  title: 'systemd has the variables, and the running process was started without them.',
  seen: 'systemctl show lists the proxies, and docker info prints none or others, or the environment of the process has others. Where systemctl show does not list them either, systemd has not read the file.',
  fix: 'Restart the service.',
  symptoms: ['docker info shows no proxy after the drop-in was written', 'works only after a reboot'],
  find: (picture) => {
    const running = startedBefore(picture);
    if (running.length > 0) return running;
    const show = picture
      .all('show')
      .find(({ unit, environment }) => (unit === undefined || unit === 'docker.service') && environment.some(isProxy));
    const info = picture.all('docker-info').at(0);
    if (!show || !info || show.properties.some(({ key, value }) => key === 'NeedDaemonReload' && value === 'yes'))
      return [];
    if (info.entries.some(({ key }) => /^HTTPS? Proxy$/.test(key))) return otherThanShown(picture, show, info);
    const version = info.entries.find(({ key }) => key === 'Server Version');
    // Where docker info says nothing of the daemon it is of a client alone.
    if (!version) return [];
    const differs = wantedOf('docker.service', picture).some(
      ({ name, value }) => isAboutProxy(name) && show.environment.find((each) => each.name === name)?.value !== value,
    );
    const shown = show.environment.find(isProxy);
    if (differs || !shown) return [];
    return [
      {
        file: info.piece.file,
        line: version.line,
        says: 'systemd has loaded the proxies, and docker info prints none: dockerd still runs with the environment it was started with.',
        remedy: remedy('Run systemctl restart docker.'),
      },
    ];
  },
};

/** How docker info calls what it got from a variable. */
const PRINTED = { 'HTTP Proxy': 'http_proxy', 'HTTPS Proxy': 'https_proxy', 'No Proxy': 'no_proxy' } as const;

/** What docker info prints of a variable that systemd has loaded with another value since. */
function otherThanShown(picture: Picture, show: ShowDocument, info: DockerInfoDocument): readonly Found[] {
  // Those of daemon.json win.
  if (picture.all('daemon-json').some(({ entries }) => entries.some(({ key }) => key.startsWith('proxies')))) return [];
  return info.entries
    .flatMap(({ key, value, line, file }) => {
      const name = Object.entries(PRINTED).find(([printed]) => printed === key)?.[1];
      const loaded = show.environment.find((each) => each.name.toLowerCase() === name);
      if (!loaded || bare(loaded.value) === bare(value)) return [];
      return [
        {
          file,
          line,
          at: value,
          says: `systemd has loaded another ${loaded.name} than docker info prints: dockerd still runs with the environment it was started with.`,
          remedy: remedy('Run systemctl restart docker.'),
        },
      ];
    })
    .slice(0, 1);
}

/** Without credentials, which docker info hides, and as a list may be spelled. */
const bare = (value: string): string =>
  value
    .replace(/\/\/[^/@]*@/, '//')
    .replace(/\/$/, '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .join(',');

/** Services whose process was started with other proxies than systemd has loaded since. */
const startedBefore = (picture: Picture): readonly Found[] =>
  picture.all('env-file').flatMap(({ flavour, piece, assignments }) => {
    const name = /environment-of-([\w-]+)\.txt$/.exec(piece.path)?.[1];
    if (flavour !== 'process' || name === undefined) return [];
    const show = picture.all('show').find(({ unit }) => unit === `${name}.service`);
    const printed = show?.properties.find(({ key }) => key === 'Environment');
    // What systemd has not even read is told of as such.
    if (!printed || show?.properties.some(({ key, value }) => key === 'NeedDaemonReload' && value === 'yes')) return [];
    const taken = new Set(
      picture
        .all('unit')
        .filter(({ unit }) => unit === `${name}.service`)
        .flatMap((unit) => unsetLines(unit).flatMap((each) => each.names)),
    );
    const has = new Map(assignments.map((each) => [each.name, each.value]));
    const lacks = (show?.environment ?? []).filter(
      (each) => isAboutProxy(each.name) && !taken.has(each.name) && has.get(each.name) !== each.value,
    );
    if (lacks.length === 0) return [];
    return [
      {
        file: printed.file,
        line: printed.line,
        says: `systemd has loaded ${lacks.map((each) => each.name).join(', ')} for ${name}, and its running process was started without, or with another value (${piece.file}).`,
        remedy: remedy(`Run systemctl restart ${name}.`),
      },
    ];
  });

const isProxy = ({ name, value }: { readonly name: string; readonly value: string }): boolean =>
  /^https?_proxy$/i.test(name) && value !== '';
