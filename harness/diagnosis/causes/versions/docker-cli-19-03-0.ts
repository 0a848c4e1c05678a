import { splitUrl } from '../../../url/index.ts';
import type { Place } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';
import { imageVersions } from './_images.ts';

export const dockerCli19030Cause: Cause = {
  id: 'versions/docker-cli-19.03.0',
  severity: 'error',
  title: 'The docker CLI 19.03.0 and 19.03.1 ignore the proxy on their way to DOCKER_HOST.',
  seen: 'CLI 19.03.0 or 19.03.1, and a DOCKER_HOST that is to be reached through the proxy. 18.09 and 19.03.2 use the proxy.',
  fix: 'Use 19.03.2 or newer.',
  symptoms: ['cannot connect to the Docker daemon at tcp://docker:2375 through the proxy'],
  find: (picture) => {
    const host = remoteHost(picture);
    if (host === undefined) return [];
    return affected(picture).map(({ version, ...place }) => ({
      ...placeOf(place),
      at: version,
      says: `The docker CLI ${version} ignores the proxy for DOCKER_HOST, so it asks ${host} directly.`,
      remedy: remedy('Use 19.03.2 or newer.'),
    }));
  },
};

const affected = (picture: Picture): readonly (Place & { readonly version: string })[] =>
  [
    ...picture.all('versions').flatMap(({ versions }) => versions.filter(({ program }) => program === 'docker-cli')),
    ...imageVersions(picture, 'docker'),
  ]
    .filter(({ version }) => /^19\.03\.[01]$/.test(version))
    .slice(0, 1);

/** The host of a DOCKER_HOST that the CLI should ask for through a proxy. */
function remoteHost(picture: Picture): string | undefined {
  const set = picture.settings.filter(
    ({ effective, scope }) =>
      effective && (scope.of === 'jobs' || scope.of === 'ci' || scope.of === 'shell' || scope.of === 'dump'),
  );
  if (!set.some(({ variable, value }) => variable !== 'NO_PROXY' && value !== '')) return undefined;
  const assigned = [
    ...picture.runners.flatMap(({ environment }) => environment),
    ...picture.all('ci').flatMap(({ variables, jobs }) => [...variables, ...jobs.flatMap((job) => job.variables)]),
    ...picture.all('env-file').flatMap(({ assignments }) => assignments),
  ];
  const hosts = assigned
    .filter(({ name, value }) => name === 'DOCKER_HOST' && /^(?:tcp|https?):/.test(value))
    .map(({ value }) => splitUrl(value).host);
  return hosts.find((host) => !/^(?:localhost|127\.)/.test(host) && !picture.excepts(set, host));
}
