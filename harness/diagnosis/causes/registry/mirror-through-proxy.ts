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
        },
      ];
    });
  },
};
