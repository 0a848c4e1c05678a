import type { Assigned, EnvFileDocument } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { placeOf, remedy } from '../_editing.ts';
import { pieceName } from '../_piece-name.ts';
import type { Cause } from '../cause.ts';
import { meant } from '../no-proxy/_gaps.ts';
import { readFiles } from './_read-by.ts';

export const notReadByUnitCause: Cause = {
  id: 'env-file/not-read-by-unit',
  severity: 'error',
  title: 'The proxy stands in a file that no unit reads.',
  seen: '/etc/default/docker on a host with systemd; /etc/environment, /etc/profile.d or ~/.bashrc, where a service is without a proxy. Not where a drop-in names the file by EnvironmentFile=, nor /etc/sysconfig/gitlab-runner, nor for a runner whose GitLab the NO_PROXY beside it has.',
  fix: 'Put the variables into a drop-in of the service.',
  symptoms: ['works in the shell, not in the service', '/etc/environment or /etc/default/docker is ignored'],
  find: (picture) => {
    const read = new Set(readFiles(picture).map(({ document }) => document));
    return picture.all('env-file').flatMap((document) => {
      const first = document.assignments.find(({ name, value }) => /^https?_proxy$/i.test(name) && value !== '');
      const service = first && !read.has(document) ? withoutProxy(document, first, picture) : undefined;
      if (!first || service === undefined) return [];
      return [
        {
          ...placeOf(first),
          says: `${service} does not get this variable: its unit does not read ${pieceName(document.piece)}.`,
          remedy: remedy(
            `Put the variables into /etc/systemd/system/${service}.service.d/http-proxy.conf, each as Environment="NAME=value" below [Service], then run systemctl daemon-reload and systemctl restart ${service}.`,
          ),
        },
      ];
    });
  },
};

/** The service that should have the file's proxy, and has none. */
function withoutProxy(document: EnvFileDocument, first: Assigned, picture: Picture): string | undefined {
  const { path } = document.piece;
  const [, kind, named] = /(?:^|\/)(default|sysconfig)[/_](docker|gitlab-runner)$/.exec(path) ?? [];
  if (named !== undefined) {
    if (hasProxy(named, picture)) return undefined;
    const isGiven = picture.all('unit').some(({ unit, role }) => unit === `${named}.service` && role === 'unit');
    // Some distributions have had a unit of docker that reads the one in sysconfig.
    return kind === 'default' || isGiven ? named : undefined;
  }
  if (document.flavour !== 'etc-environment' && document.flavour !== 'shell') return undefined;
  if (document.flavour === 'shell' && !/profile|\.?(?:ba|z|k)shrc|environment/.test(path)) return undefined;
  return ['docker', 'gitlab-runner'].find(
    (service) =>
      !hasProxy(service, picture) &&
      !(service === 'gitlab-runner' && isSpared(document, picture)) &&
      isWithout(service, first, picture),
  );
}

/** Whether the file's own list has GitLab, so that the runner would not ask the proxy with the file either. */
function isSpared({ assignments }: EnvFileDocument, { gitlabHosts }: Picture): boolean {
  const lists = assignments.filter(({ name }) => /^no_proxy$/i.test(name));
  return gitlabHosts.length > 0 && gitlabHosts.every((host) => lists.some(({ value }) => meant(value, host)));
}

const hasProxy = (service: string, picture: Picture): boolean =>
  picture.settings.some(
    ({ scope, value, variable }) =>
      variable !== 'NO_PROXY' &&
      value !== '' &&
      ((scope.of === 'service' && (scope.unit === service || scope.unit === '')) ||
        (service === 'docker' && scope.of === 'daemon-json')),
  ) ||
  picture
    .all('show')
    .some(
      ({ unit, environment }) => unit === `${service}.service` && environment.some(({ name }) => /proxy/i.test(name)),
    );

const DAEMON_DIRECT =
  /Error response from daemon: .*(?:dial tcp|request canceled while waiting for connection|context deadline exceeded)/;
const RUNNER_DIRECT =
  /Checking for jobs\.\.\. failed.*dial tcp .*(?:i\/o timeout|refused|no route|unreachable|no such host)/;

/** Whether something tells that a service runs without a proxy. */
function isWithout(service: string, { name }: Assigned, picture: Picture): boolean {
  const unit = `${service}.service`;
  const pattern = service === 'docker' ? DAEMON_DIRECT : RUNNER_DIRECT;
  if (picture.lines.some(({ text }) => pattern.test(text) && !text.includes('proxyconnect'))) return true;
  if (
    picture
      .all('show')
      .some(
        (show) => show.unit === unit && show.properties.some(({ key, value }) => key === 'Environment' && value === ''),
      )
  )
    return true;
  const info = picture.all('docker-info').at(0);
  if (service === 'docker' && info?.entries.some(({ key }) => key === 'Server Version'))
    return !info.entries.some(({ key }) => /^HTTPS? Proxy$/.test(key));
  // The whole unit, as systemctl cat prints it with all its drop-ins.
  return (
    name !== '' &&
    picture.all('unit').some((each) => each.unit === unit && each.role === 'unit' && each.environmentFiles.length === 0)
  );
}
