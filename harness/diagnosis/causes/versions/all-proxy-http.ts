import type { Picture, Setting } from '../../picture/picture.ts';
import { placeOf, remedy } from '../_editing.ts';
import { isBefore } from '../_version.ts';
import type { Cause, Found } from '../cause.ts';
import { imageVersions } from './_images.ts';

const LOGGED = /proxy: unknown scheme: https?\b/;

export const allProxyHttpCause: Cause = {
  id: 'versions/all-proxy-http',
  severity: 'error',
  title: "Docker up to 20.10, and Debian's later ones, take ALL_PROXY for a SOCKS proxy, and fail with http://.",
  seen: "ALL_PROXY=http://… for docker 20.10 or older, or the line “proxy: unknown scheme: http”. Debian's docker 26.1.5 and 28.5.2 say so, too; Docker's own 28.2.2 leaves the variable alone.",
  fix: 'Take ALL_PROXY away, and set HTTP_PROXY and HTTPS_PROXY.',
  symptoms: ['proxy: unknown scheme: http'],
  find: (picture) => {
    const logged = picture.lines.find(({ text }) => LOGGED.test(text));
    const settings = picture.settings.filter((each) => isHttp(each) && (logged !== undefined || isOld(each, picture)));
    const found = settings.map(
      ({ name, ...place }): Found => ({
        ...placeOf(place),
        at: name,
        says: `docker up to 20.10, and Debian's later one, takes ${name} for a SOCKS proxy and fails with http://: “proxy: unknown scheme: http”.`,
        remedy: remedy(`Take ${name} away, and set HTTP_PROXY and HTTPS_PROXY.`),
      }),
    );
    if (found.length > 0 || !logged) return found;
    return [
      {
        ...placeOf(logged),
        says: "docker has an ALL_PROXY with http:// in its environment, and versions up to 20.10, and Debian's later ones, fail with it.",
        remedy: remedy('Take ALL_PROXY away, and set HTTP_PROXY and HTTPS_PROXY.'),
      },
    ];
  },
};

const isHttp = ({ variable, value, effective }: Setting): boolean =>
  effective && variable === 'ALL_PROXY' && /^https?:\/\//i.test(value);

/** Whether the docker that gets the variable is such an old one. */
function isOld({ scope }: Setting, picture: Picture): boolean {
  if (scope.of === 'service' && scope.unit !== 'docker' && scope.unit !== '') return false;
  if (scope.of === 'docker-cli' || scope.of === 'git' || scope.of === 'daemon-json') return false;
  const isOfHost = scope.of === 'service' || scope.of === 'shell' || scope.of === 'dump';
  const versions = isOfHost
    ? [picture.version(scope.of === 'service' ? 'docker' : 'docker-cli')].flatMap((each) => each?.version ?? [])
    : imageVersions(picture, 'docker').map(({ version }) => version);
  return versions.some((version) => isBefore(version, '23.0'));
}
