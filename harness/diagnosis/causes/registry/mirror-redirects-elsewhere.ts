<<<<<<< HEAD
import { byHost, failuresOfKind, firstOf, onLine, settingsOfWho } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { mirrorsOf } from './_mirrors.ts';
=======
import { splitUrl } from '../../../url/index.ts';
import type { Place } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import type { Cause } from '../cause.ts';
import { daemonSettings, mirrorsOf } from './_mirrors.ts';

/** A failure of a pull with the host that was asked. */
const FAILED =
  /https?:\/\/([\w.-]+)(?::\d+)?\/\S*"?: .*(?:Service Unavailable|Forbidden|Bad Gateway|Gateway Timeout|proxyconnect)/;
>>>>>>> e8b4d38 (feat: causes of docker-in-docker and of registry mirrors)

export const mirrorRedirectsElsewhereCause: Cause = {
  id: 'registry/mirror-redirects-elsewhere',
  severity: 'warning',
<<<<<<< HEAD
  title: 'The mirror is in NO_PROXY, but it sends blobs from another host, which is not.',
  seen: "daemon.json with a mirror that the daemon's NO_PROXY names, and squid's log or an error of a pull that names another host of your own.",
  fix: 'Name that host in NO_PROXY, too, or let the mirror serve blobs itself (redirect: disable).',
  symptoms: ['manifests come from the mirror, layers fail', 'docker pull Service Unavailable'],
  find: (picture) => {
    const settings = settingsOfWho(picture, 'daemon');
    const mirrors = mirrorsOf(picture).filter(({ host }) => picture.excepts(settings, host));
    const [mirror] = mirrors;
    if (!mirror) return [];
    const failures = failuresOfKind(picture, 'answered').filter(
      ({ who, target }) =>
        (who === 'daemon' || who === 'client') &&
        target !== undefined &&
        target.host.includes('.') &&
        picture.isInternal(target.host) &&
        !picture.gitlabHosts.includes(target.host) &&
        !mirrors.some(({ host }) => host === target.host) &&
        !picture.excepts(settings, target.host),
    );
    return firstOf(failures, byHost).map((failure) => {
      const { host = '' } = failure.target ?? {};
      const list = settings.find(({ variable, value }) => variable === 'NO_PROXY' && value !== '');
      const says = `The mirror ${mirror.host} is in the daemon's NO_PROXY, but it sends blobs from ${host}, which is asked for through the proxy (${failure.file}:${failure.line}).`;
      const remedy = `Name ${host} in NO_PROXY of docker.service, too, or have the mirror serve blobs itself.`;
      return list
        ? { ...onLine(failure, says, remedy), file: list.file, line: list.line }
        : onLine(failure, says, remedy);
    });
  },
};
=======
  title: 'The mirror is in NO_PROXY, and sends layers from another internal host that is not.',
  seen: "registry-mirrors and dockerd's NO_PROXY name the mirror, and squid's log or an error of the daemon names another internal host that failed. Registries often send layers by a redirect to their storage.",
  fix: 'Add the storage host to NO_PROXY, or have the mirror send layers itself.',
  find: (picture) => {
    const settings = daemonSettings(picture);
    const mirrors = mirrorsOf(picture).host.map(({ written }) => splitUrl(written).host.toLowerCase());
    const listed = mirrors.find((host) => picture.excepts(settings, host));
    const list = settings.find(({ variable }) => variable === 'NO_PROXY');
    if (listed === undefined || !list) return [];
    const other = failures(picture).find(
      ({ host }) =>
        !mirrors.includes(host) &&
        !picture.gitlabHosts.includes(host) &&
        !picture.proxies.some((proxy) => proxy.host === host) &&
        picture.isInternal(host) &&
        !picture.excepts(settings, host),
    );
    if (!other) return [];
    return [
      {
        file: list.file,
        line: list.line,
        at: list.name,
        says: `The mirror ${listed} is asked directly, but ${other.host}, which it seems to send layers from (${other.file}:${other.line}), is not in NO_PROXY: the proxy is asked for them, and fails.`,
        remedy: { says: `Add ${other.host} to dockerd's NO_PROXY.` },
      },
    ];
  },
};

const failures = (picture: Picture): readonly (Place & { readonly host: string })[] => [
  ...picture
    .all('squid-log')
    .flatMap(({ requests }) => requests.filter(({ status }) => status >= 400 && status !== 407)),
  ...picture.lines.flatMap(({ text, file, line, of }) => {
    const host = of === 'runner' || /api\/v4|info\/refs/.test(text) ? undefined : FAILED.exec(text)?.[1];
    return host === undefined ? [] : [{ file, line, host: host.toLowerCase() }];
  }),
];
>>>>>>> e8b4d38 (feat: causes of docker-in-docker and of registry mirrors)
