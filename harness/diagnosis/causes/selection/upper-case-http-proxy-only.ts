import { asksByHttp } from '../_in-use.ts';
import { scopesOf } from '../_scopes.ts';
import { runnerOf } from '../_values.ts';
import type { Cause } from '../cause.ts';

export const upperCaseHttpProxyOnlyCause: Cause = {
  id: 'selection/upper-case-http-proxy-only',
  severity: 'warning',
  title: 'Jobs get HTTP_PROXY without http_proxy, and curl, git, wget and apt ignore the upper case for http URLs.',
  seen: 'HTTP_PROXY without http_proxy in the environment of a runner or in variables of jobs. A warning where jobs ask for something by http with one of these, and a note otherwise. Not in units (Go reads both), not where a hook alone needs it for git, and not the other way round: lower case alone works with all.',
  fix: 'Add the variables in lower case.',
  symptoms: ['curl, wget and apt go direct for http URLs'],
  find: (picture) => {
    const scopes = scopesOf(picture).filter(({ scope }) => scope.of === 'jobs' || scope.of === 'ci');
    const hasLower = scopes.some(({ scope, spelled }) => scope.of === 'ci' && spelled('http_proxy'));
    return scopes.flatMap(({ scope, settings, spelled }) => {
      const upper = spelled('HTTP_PROXY');
      if (!upper || hasLower || spelled('http_proxy')) return [];
      if (scope.of === 'jobs' && scope.runner.hooks.some(({ script }) => /http\.proxy/.test(script))) return [];
      return [
        {
          file: upper.file,
          line: upper.line,
          ...(asksByHttp(picture, scope, settings) ? {} : { severity: 'note' as const }),
          at: 'HTTP_PROXY',
          says: 'Jobs get HTTP_PROXY in upper case alone: for http URLs curl, git, wget and apt read http_proxy only, and wget ignores HTTPS_PROXY, too.',
          remedy: { says: 'Add http_proxy, https_proxy and no_proxy with the same values.' },
          ...runnerOf(scope, picture),
        },
      ];
    });
  },
};
