import { usesAptOrWget } from '../_in-use.ts';
import { isOfJobs, runnerOf, scopeKey } from '../_values.ts';
import type { Cause } from '../cause.ts';

export const upperCaseOnlyCause: Cause = {
  id: 'no-proxy/upper-case-only',
  severity: 'warning',
  title: 'NO_PROXY stands in upper case alone, beside proxies in lower case.',
  seen: 'http_proxy or https_proxy in variables of jobs, NO_PROXY and no no_proxy: wget, apt and busybox ignore NO_PROXY. A note where jobs use none of these. Lower case alone is right with all; in units nothing is wrong.',
  fix: 'Add no_proxy.',
  symptoms: ['wget ignores NO_PROXY'],
  find: (picture) => {
    const scopes = Map.groupBy(
      picture.settings.filter(({ effective, scope }) => effective && isOfJobs(scope) && scope.of !== 'docker-cli'),
      ({ scope }) => scopeKey(scope),
    );
    return [...scopes.values()].flatMap((settings) => {
      const has = (name: string): boolean => settings.some((each) => each.name === name && each.value !== '');
      const upper = settings.find(({ name, value }) => name === 'NO_PROXY' && value !== '');
      if (!upper || has('no_proxy') || !(has('http_proxy') || has('https_proxy'))) return [];
      return [
        {
          file: upper.file,
          line: upper.line,
          ...(usesAptOrWget(picture, upper.scope) ? {} : { severity: 'note' as const }),
          at: 'NO_PROXY',
          says: 'NO_PROXY stands in upper case alone, while proxies stand in lower case: wget, apt and busybox read the proxies and not this list.',
          remedy: { says: 'Add no_proxy with the same value.' },
          ...runnerOf(upper.scope, picture),
        },
      ];
    });
  },
};
