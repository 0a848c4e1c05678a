import { splitAtLast } from '../../../url/index.ts';
import type { Picture, Scope } from '../../picture/picture.ts';
import { proxyValues, replacing, runnerOf } from '../_values.ts';
import type { Cause } from '../cause.ts';

const DOLLARS = /(?<!\$)\$(?:\{(\w+)\}|(\w+))/g;
const DOLLAR = /\$\{?\w/;

export const dollarInPasswordCause: Cause = {
  id: 'value/dollar-in-password',
  severity: 'error',
  title: 'A dollar sign in the password begins a reference, and what follows it is lost.',
  seen: "A $ before a letter, digit or brace in user or password, in config.toml's environment or a variable of .gitlab-ci.yml, where no variable has that name. %24 and $$ are right there, and %24 is the plainer one. In units a $ is a $: systemd takes it as it stands.",
  fix: 'Write %24.',
  symptoms: ['407 in jobs though the password is right'],
  find: (picture) =>
    proxyValues(picture).flatMap(({ value, setting, settings, scope }) => {
      if (scope.of !== 'jobs' && scope.of !== 'ci') return [];
      const [userinfo, behind] = splitAtLast(value) ?? [];
      if (userinfo === undefined) return [];
      const names = [...userinfo.matchAll(DOLLARS)].map(([, braced, plain]) => braced ?? plain ?? '');
      const known = namesIn(picture, scope);
      if (names.length === 0 || names.some((name) => known.has(name))) return [];
      const to = `${userinfo.replaceAll('$', '%24')}@${behind}`;
      const edits = replacing(picture, settings, to);
      return [
        {
          file: setting.file,
          line: setting.line,
          says: `The $ in the credentials of ${setting.name} begins a reference to a variable that does not exist, so what follows it is lost, and the proxy refuses the password.`,
          remedy: { says: `Write %24 for the dollar sign.${inUnits(picture)}`, ...(edits.length > 0 ? { edits } : {}) },
          ...runnerOf(scope, picture),
        },
      ];
    }),
};

/** That nobody is to change units, too, which often have the same value. */
function inUnits(picture: Picture): string {
  const same = picture.effective('service').filter(({ value }) => DOLLAR.test(splitAtLast(value)?.[0] ?? ''));
  const files = [...new Set(same.map(({ file }) => file))];
  return files.length === 0 ? '' : ` In ${files.join(' and ')} the $ is right: systemd takes it as it stands.`;
}

/** Variables that a reference may mean; those of GitLab's own are never meant by a password. */
function namesIn(picture: Picture, scope: Scope): ReadonlySet<string> {
  const own = scope.of === 'jobs' ? scope.runner.environment : [];
  const ci = picture
    .all('ci')
    .flatMap(({ variables, jobs }) => [...variables, ...jobs.flatMap((job) => job.variables)]);
  return new Set([...own, ...ci].map(({ name }) => name));
}
