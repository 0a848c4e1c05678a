import type { Picture, Scope } from '../../picture/picture.ts';
import { isGivenElsewhere, scopesOf } from '../_scopes.ts';
import { lineOf, runnerOf, whose } from '../_values.ts';
import type { Cause } from '../cause.ts';

export const onlyHttpProxyCause: Cause = {
  id: 'selection/only-http-proxy',
  severity: 'error',
  title: 'HTTP_PROXY alone is set, and what is asked for by https goes direct.',
  seen: "A unit's, a runner's or a job's variables have HTTP_PROXY and neither HTTPS_PROXY nor ALL_PROXY, in any file of theirs, and GitLab or a registry is asked for by https.",
  fix: 'Add HTTPS_PROXY with the same value.',
  symptoms: ['https goes direct', 'dial tcp i/o timeout for port 443'],
  find: (picture) =>
    scopesOf(picture).flatMap(({ scope, settings, find }) => {
      const http = find('HTTP_PROXY');
      if (!http || find('HTTPS_PROXY') || find('ALL_PROXY') || !asksByHttps(picture, scope)) return [];
      if (isGivenElsewhere(picture, scope, 'HTTPS_PROXY')) return [];
      const { file, line, name } = http;
      const written = lineOf(picture, file, line);
      const twin = name === 'HTTP_PROXY' ? 'HTTPS_PROXY' : 'https_proxy';
      // One that is set to nothing wins over any that is added before it.
      const emptied = settings.some((each) => each.variable === 'HTTPS_PROXY');
      // A line of its own can be written again under the other name; a list in TOML is another matter.
      const alone = !emptied && written !== undefined && written.split(name).length === 2 && !/[[\]{}\\]/.test(written);
      return [
        {
          file,
          line,
          at: name,
          says: `${name} is set for ${whose(scope)}, and ${twin} is not: all that is asked for by https, such as GitLab and registries, goes direct.`,
          remedy: {
            says: `Add ${twin} with the same value.`,
            ...(alone ? { edits: [{ file, line, to: `${written}\n${written.replace(name, twin)}` }] } : {}),
          },
          ...runnerOf(scope, picture),
        },
      ];
    }),
};

function asksByHttps(picture: Picture, scope: Scope): boolean {
  if (scope.of === 'service')
    return /^(docker|containerd)$/.test(scope.unit) || (scope.unit === 'gitlab-runner' && gitlabIsHttps(picture));
  if (scope.of === 'daemon-json') return true;
  return (scope.of === 'jobs' || scope.of === 'ci') && gitlabIsHttps(picture);
}

/** Where no file tells, it is: few have it otherwise. */
const gitlabIsHttps = ({ runners }: Picture): boolean =>
  runners.length === 0 || runners.some(({ url }) => url === undefined || !/^http:/i.test(url));
