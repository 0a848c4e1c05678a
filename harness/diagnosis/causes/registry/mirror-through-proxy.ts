<<<<<<< HEAD
import { failuresOfKind, proxiesOfWho, settingsOfWho } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { meant } from '../no-proxy/_gaps.ts';
import { mirrorsOf } from './_mirrors.ts';

export const mirrorThroughProxyCause: Cause = {
  id: 'registry/mirror-through-proxy',
  severity: 'warning',
  title: 'The daemon asks the proxy for a mirror of your own, as its NO_PROXY does not name it.',
  seen: "registry-mirrors with an internal host, a proxy for the daemon, and a NO_PROXY without that host. An error of the mirror, or squid's log, makes it certain.",
  fix: "Name the mirror in the daemon's NO_PROXY.",
  symptoms: ['the mirror is not used', 'Attempting next endpoint for pull'],
  find: (picture) => {
    const settings = settingsOfWho(picture, 'daemon');
    const [proxy] = proxiesOfWho(picture, 'daemon');
    if (!proxy) return [];
    return mirrorsOf(picture).flatMap(({ file, line, url, host }) => {
      const isNamed = settings.some(({ variable, value }) => variable === 'NO_PROXY' && meant(value, host));
      if (host === '' || !picture.isInternal(host) || isNamed || /^(?:localhost|127\.)/.test(host)) return [];
      const isSeen = failuresOfKind(picture, 'answered').some(({ target }) => target?.host === host);
      return [
        {
          file,
          line,
          ...(isSeen ? { severity: 'error' as const } : {}),
          at: url,
          says: `The daemon asks the proxy (${proxy.file}:${proxy.line}) for its mirror ${host}, a host of your own: NO_PROXY of docker.service does not name it.`,
          remedy: { says: `Add ${host} to NO_PROXY of docker.service.` },
=======
import { splitUrl } from '../../../url/index.ts';
import type { Picture, Setting } from '../../picture/picture.ts';
import type { Cause } from '../cause.ts';
import { daemonSettings, mirrorsOf } from './_mirrors.ts';

export const mirrorThroughProxyCause: Cause = {
  id: 'registry/mirror-through-proxy',
  severity: 'error',
  title: 'dockerd asks the proxy for its registry mirror, which is an internal one.',
  seen: "registry-mirrors names an internal host, dockerd has a proxy, and its NO_PROXY does not name that host. A warning until a log shows the proxy's refusal.",
  fix: "Add the mirror to dockerd's NO_PROXY.",
  find: (picture) => {
    const settings = daemonSettings(picture);
    const proxied = settings.find(({ variable, value }) => /^HTTPS?_PROXY$/.test(variable) && value !== '');
    if (!proxied) return [];
    return mirrorsOf(picture).host.flatMap((mirror) => {
      const { host } = splitUrl(mirror.written);
      if (host === '' || !picture.isInternal(host) || picture.excepts(settings, host)) return [];
      if (/^(?:localhost|127\.|::1)/.test(host)) return [];
      const list = settings.find(({ variable }) => variable === 'NO_PROXY');
      const { file, line } = list ?? mirror;
      return [
        {
          severity: isRefused(picture, host) ? 'error' : 'warning',
          file,
          line,
          at: list?.name ?? host,
          says: `dockerd's NO_PROXY does not name its mirror ${host}: it asks the proxy for it, and where that fails goes on to Docker Hub.`,
          remedy: { says: `Add ${host} to dockerd's NO_PROXY.`, ...editOf(picture, list, host) },
>>>>>>> e8b4d38 (feat: causes of docker-in-docker and of registry mirrors)
        },
      ];
    });
  },
};
<<<<<<< HEAD
=======

/** Whether a log shows that the proxy, or what lies behind it, did not let the mirror be asked. */
const isRefused = (picture: Picture, host: string): boolean =>
  picture.all('squid-log').some(({ requests }) => requests.some((each) => each.host === host && each.status >= 400)) ||
  picture.lines.some(
    ({ text }) =>
      text.includes(host) && /Service Unavailable|Forbidden|Bad Gateway|Gateway Timeout|proxyconnect/.test(text),
  );

function editOf(
  picture: Picture,
  list: Setting | undefined,
  host: string,
): { edits?: readonly { file: string; line: number; to: string }[] } {
  const written = list && picture.documents.find(({ piece }) => piece.file === list.file)?.piece;
  const text = written?.text.split('\n')[(list?.line ?? 0) - written.skipped - 1]?.replace(/\r$/, '');
  if (!list || text === undefined || list.value === '' || !text.includes(list.value)) return {};
  return { edits: [{ file: list.file, line: list.line, to: text.replace(list.value, `${list.value},${host}`) }] };
}
>>>>>>> e8b4d38 (feat: causes of docker-in-docker and of registry mirrors)
