import { proxyValues, runnerOf, whose } from '../_values.ts';
import type { Cause } from '../cause.ts';

const REFERENCE = /\$\{?[A-Za-z_]\w*\}?/;

export const referenceNotExpandedCause: Cause = {
  id: 'value/reference-not-expanded',
  severity: 'error',
  title: 'A reference to a variable stands where nobody puts its value in.',
  seen: '$NAME, with or without braces, in a unit, an EnvironmentFile, /etc/environment, config.json or daemon.json. In config.toml and .gitlab-ci.yml the runner puts values in, in scripts the shell.',
  fix: 'Write the value itself.',
  symptoms: ['lookup $', 'in host name'],
  find: (picture) =>
    proxyValues(picture).flatMap(({ value, setting: { name, file, line }, scope }) => {
      const expands =
        scope.of === 'jobs' || scope.of === 'ci' || scope.of === 'service-container' || scope.of === 'git';
      const isShell = scope.of === 'shell' && !/(?:^|\/)etc\/environment$/.test(file);
      const at =
        REFERENCE.exec(value.replace(/^.*@/, ''))?.[0] ??
        (REFERENCE.exec(value)?.index === 0 ? REFERENCE.exec(value)?.[0] : undefined);
      if (expands || isShell || scope.of === 'dump' || at === undefined) return [];
      return [
        {
          file,
          line,
          at,
          says: `${at} in ${name} is taken as it stands: nothing puts a value in for ${whose(scope)}.`,
          remedy: { says: 'Write the value itself.' },
          ...runnerOf(scope, picture),
        },
      ];
    }),
};
