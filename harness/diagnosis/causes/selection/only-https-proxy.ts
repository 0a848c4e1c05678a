import type { Picture, Scope } from '../../picture/picture.ts';
import { isGivenElsewhere, scopesOf } from '../_scopes.ts';
import { runnerOf, whose } from '../_values.ts';
import type { Cause } from '../cause.ts';

const URL = /\bhttp:\/\/([\w.-]+)/gi;
const LOCAL = /^(?:localhost|127\.|0\.0\.0\.0)/;

export const onlyHttpsProxyCause: Cause = {
  id: 'selection/only-https-proxy',
  severity: 'warning',
  title: 'HTTPS_PROXY alone is set, and what is asked for by http goes direct.',
  seen: 'HTTPS_PROXY without HTTP_PROXY and ALL_PROXY, and an http:// target in the same files that NO_PROXY does not name. Without such a target nothing is wrong.',
  fix: 'Add HTTP_PROXY with the same value.',
  symptoms: ['http goes direct', 'dial tcp i/o timeout for port 80'],
  find: (picture) =>
    scopesOf(picture).flatMap(({ scope, settings, find }) => {
      const https = find('HTTPS_PROXY');
      if (!https || find('HTTP_PROXY') || find('ALL_PROXY') || isGivenElsewhere(picture, scope, 'HTTP_PROXY'))
        return [];
      const target = targetsOf(picture, scope).find((host) => !picture.excepts(settings, host));
      if (target === undefined) return [];
      return [
        {
          file: https.file,
          line: https.line,
          at: https.name,
          says: `${https.name} is set for ${whose(scope)}, and HTTP_PROXY is not: http://${target}, which these files name, is asked for directly.`,
          remedy: { says: 'Add HTTP_PROXY and http_proxy with the same value.' },
          ...runnerOf(scope, picture),
        },
      ];
    }),
};

/** Hosts that a scope's programs ask for by http. */
function targetsOf(picture: Picture, scope: Scope): readonly string[] {
  const ofGitlab = picture.runners.flatMap(({ url }) => url ?? []);
  if (scope.of === 'service' && scope.unit === 'gitlab-runner') return hostsIn(ofGitlab);
  if (scope.of !== 'jobs' && scope.of !== 'ci') return [];
  const scripts = picture.all('ci').flatMap(({ jobs }) => jobs.flatMap(({ script }) => script.map(({ text }) => text)));
  return hostsIn([...ofGitlab, ...scripts]);
}

const hostsIn = (texts: readonly string[]): readonly string[] =>
  texts
    .flatMap((text) => [...text.matchAll(URL)].map(([, host = '']) => host.toLowerCase()))
    .filter((host) => !LOCAL.test(host));
