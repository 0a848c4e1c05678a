import { splitUrl } from '../../../url/index.ts';
import { firstOf } from '../_first.ts';
import type { Cause } from '../cause.ts';

export const passwordVisibleCause: Cause = {
  id: 'auth/password-visible',
  severity: 'note',
  title: 'A password of the proxy stands in clear text where jobs or all users can read it.',
  seen: 'A proxy value with a password in the environment of jobs, in .gitlab-ci.yml, config.json, /etc/environment or a profile.',
  fix: 'Use an account for this alone, a masked CI/CD variable, or cntlm with a hash.',
  symptoms: ['password in the job log'],
  find: (picture) =>
    firstOf(
      picture.settings.filter(
        ({ effective, scope, value }) =>
          effective &&
          ['jobs', 'ci', 'docker-cli', 'shell', 'service-container'].includes(scope.of) &&
          (splitUrl(value.trim()).userinfo?.includes(':') ?? false) &&
          !/\$\{?\w/.test(value),
      ),
      ({ file }) => file,
    ).map(({ file, line, name }) => ({
      file,
      line,
      says: `${name} has a password in clear text, which every job or user can read here.`,
      remedy: { says: 'Let cntlm log in, or use an account that can do nothing else.' },
    })),
};
