import type { Axis, AxisValues, Scenario, Stage } from '../../conformance/authoring.ts';
import { scenario } from '../../conformance/authoring.ts';
import type { GitlabSpec } from '../../gitlab/spec.ts';
import type { Ability } from '../../runner/subject.ts';
import { requestAbilities } from '../requests/requests.ts';
import { gitlabForRequest, limitedRequestOf, makeLimitedRequest } from './requests.ts';
import type { LimitRule } from './rule.ts';

/** What tells one scenario about a limited request from another. */
export interface LimitedScenario extends Pick<Scenario, 'id' | 'asks' | 'explains' | 'mutants' | 'where'> {
  readonly axes: Readonly<Record<string, Axis>>;
  readonly rule: (axes: AxisValues) => LimitRule;
  /** What GitLab has in addition to what the request needs, or instead of it. */
  readonly gitlab?: (axes: AxisValues) => Pick<GitlabSpec, 'jobs' | 'clockAheadSeconds'>;
  /** What a subject must be able to do besides the request itself. */
  readonly abilities?: (axes: AxisValues) => readonly Ability[];
  /** Further variables of the runner's own process. */
  readonly env?: (axes: AxisValues) => Readonly<Record<string, string>>;
  /** Done before the subject is started. */
  readonly prepare?: (stage: Stage) => void;
}

/** A scenario in which GitLab, reached without a proxy, limits one kind of request by one rule of the page. */
export function limitedScenario({ rule, gitlab, abilities, env, prepare, ...declared }: LimitedScenario): Scenario {
  const own = (axes: AxisValues) => ({ ...gitlabForRequest(limitedRequestOf(axes)), ...gitlab?.(axes) });
  return scenario({
    ...declared,
    abilities: ({ axes }) => [...requestAbilities(limitedRequestOf(axes)), ...(abilities?.(axes) ?? [])],
    waits: (context) => rule(context.axes).waitsMs(context),
    world: (context) => ({ gitlab: { ...own(context.axes), plan: rule(context.axes).plan(context) } }),
    asksPage: (axes) => rule(axes).asksPage === true,
    act: async (stage) => {
      prepare?.(stage);
      await makeLimitedRequest(stage, () => rule(stage.axes).observe(stage), env?.(stage.axes));
    },
    judge: (evidence, context) => rule(context.axes).judge(evidence, context),
    control: {
      without: 'the 429: GitLab answers every request at once',
      world: ({ axes }) => ({ gitlab: own(axes) }),
    },
  });
}
