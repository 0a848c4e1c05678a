import type { Failure } from '../../failures/failure.ts';
import type { Picture } from '../../picture/picture.ts';
import { byHost, failuresOfKind, firstOf, onLine, settingsOfWho } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { mirrorsOf } from './_mirrors.ts';

export const mirrorRedirectsElsewhereCause: Cause = {
  id: 'registry/mirror-redirects-elsewhere',
  severity: 'warning',
  title: 'The mirror is in NO_PROXY, but it sends blobs from another host, which is not.',
  seen: "daemon.json with a mirror that the daemon's NO_PROXY names, and squid's log or an error of a pull that names another host of your own.",
  fix: 'Name that host in NO_PROXY, too, or let the mirror serve blobs itself (redirect: disable).',
  symptoms: ['manifests come from the mirror, layers fail', 'docker pull Service Unavailable'],
  find: (picture) => {
    const settings = settingsOfWho(picture, 'daemon');
    const [mirror] = sparedMirrors(picture);
    if (!mirror) return [];
    return sentElsewhere(picture).map((failure) => {
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

/** Mirrors that the daemon asks without the proxy. */
function sparedMirrors(picture: Picture) {
  const settings = settingsOfWho(picture, 'daemon');
  return mirrorsOf(picture).filter(({ host }) => picture.excepts(settings, host));
}

/** What failed at other hosts of one's own, to which such a mirror sends, each host once. */
export function sentElsewhere(picture: Picture): readonly Failure[] {
  const settings = settingsOfWho(picture, 'daemon');
  const mirrors = sparedMirrors(picture);
  if (mirrors.length === 0) return [];
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
  return firstOf(failures, byHost);
}
