import type { Cause } from '../cause.ts';
import { isAboutProxy, remedy } from './_units.ts';
import { wantedOf } from './_wanted.ts';

export const notRestartedCause: Cause = {
  id: 'systemd/not-restarted',
  severity: 'error',
  title: 'systemd has the variables, and the running process was started without them.',
  seen: 'systemctl show lists the proxies, and docker info prints none. Where systemctl show does not list them either, systemd has not read the file.',
  fix: 'Restart the service.',
  find: (picture) => {
    const show = picture
      .all('show')
      .find(({ unit, environment }) => (unit === undefined || unit === 'docker.service') && environment.some(isProxy));
    const info = picture.all('docker-info').at(0);
    if (!show || !info || show.properties.some(({ key, value }) => key === 'NeedDaemonReload' && value === 'yes'))
      return [];
    if (info.entries.some(({ key }) => /^HTTPS? Proxy$/.test(key))) return [];
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

const isProxy = ({ name, value }: { readonly name: string; readonly value: string }): boolean =>
  /^https?_proxy$/i.test(name) && value !== '';
