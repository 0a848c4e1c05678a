import { scopesOf } from '../_scopes.ts';
import { runnerOf, whose } from '../_values.ts';
import type { Cause } from '../cause.ts';

export const allProxyOnlyCause: Cause = {
  id: 'selection/all-proxy-only',
  severity: 'error',
  title: "ALL_PROXY alone is set, which Go's programs do not read.",
  seen: "ALL_PROXY or all_proxy in a unit or in the variables of jobs, without HTTP_PROXY and HTTPS_PROXY: the runner, dockerd and the helper ignore it, and so do wget, urllib, Node and Ruby. Not config.json's allProxy.",
  fix: 'Set HTTP_PROXY and HTTPS_PROXY.',
  symptoms: ['runner and docker ignore the proxy, curl does not'],
  find: (picture) =>
    scopesOf(picture).flatMap(({ scope, find }) => {
      if (scope.of !== 'service' && scope.of !== 'jobs' && scope.of !== 'ci') return [];
      const all = find('ALL_PROXY');
      if (!all || find('HTTP_PROXY') || find('HTTPS_PROXY')) return [];
      return [
        {
          file: all.file,
          line: all.line,
          at: all.name,
          says: `${all.name} alone is set for ${whose(scope)}: Go's programs (runner, docker, helper), wget, Node and Ruby do not read it, and go direct.`,
          remedy: { says: 'Set HTTP_PROXY and HTTPS_PROXY, and for jobs http_proxy and https_proxy, with this value.' },
          ...runnerOf(scope, picture),
        },
      ];
    }),
};
