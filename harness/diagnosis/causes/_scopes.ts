import { kept } from '../kept.ts';
import type { Picture, Scope, Setting, Variable } from '../picture/picture.ts';
import { scopeKey } from './_values.ts';

/** The settings that count in one scope. */
export interface Scoped {
  readonly scope: Scope;
  readonly settings: readonly Setting[];
  /** The first setting of a variable with a value, in either spelling. */
  find(variable: Variable): Setting | undefined;
  /** The one of a spelling. */
  spelled(name: string): Setting | undefined;
}

/** The scopes that set anything, each with what it sets. */
export function scopesOf(picture: Picture): readonly Scoped[] {
  const groups = Map.groupBy(
    picture.settings.filter(({ effective }) => effective),
    ({ scope }) => scopeKey(scope),
  );
  return [...groups.values()].flatMap((settings) => {
    const scope = settings[0]?.scope;
    if (!scope) return [];
    return [
      {
        scope,
        settings,
        find: (variable: Variable) => settings.find((each) => each.variable === variable && each.value.trim() !== ''),
        spelled: (name: string) => settings.find((each) => each.name === name && each.value.trim() !== ''),
      },
    ];
  });
}

/** Whether `systemctl show` of a unit, or another part of what a job gets, has a variable that the scope's own files lack. */
export function isGivenElsewhere(picture: Picture, scope: Scope, variable: Variable): boolean {
  if (scope.of === 'service')
    return picture
      .all('show')
      .some(({ environment }) =>
        environment.some(({ name, value }) => name.toUpperCase() === variable && value !== ''),
      );
  if (scope.of !== 'jobs' && scope.of !== 'ci') return false;
  // What jobs get is the sum of both.
  const others = scope.of === 'jobs' ? ofJobs(picture).ci : ofJobs(picture).all;
  return others.some(
    (each) => each.variable === variable && each.value !== '' && scopeKey(each.scope) !== scopeKey(scope),
  );
}

/** What jobs are given by .gitlab-ci.yml, and by that and config.toml, of which there may be thousands of runners. */
const ofJobs = kept((picture: Picture): { readonly ci: readonly Setting[]; readonly all: readonly Setting[] } => {
  const ci = picture.effective('ci');
  return { ci, all: [...ci, ...picture.effective('jobs')] };
});
