import type { Axis, AxisValues, Scenario } from '../../conformance/authoring.ts';
import { scenario } from '../../conformance/authoring.ts';
import { requestAbilities } from '../requests/requests.ts';
import { gitlabForRequest, limitedRequestOf, makeLimitedRequest } from './requests.ts';
import type { LimitRule } from './rule.ts';

/** What tells one scenario about a limited request from another. */
export interface LimitedScenario extends Pick<Scenario, 'id' | 'asks' | 'explains' | 'mutants' | 'where'> {
  readonly axes: Readonly<Record<string, Axis>>;
  readonly rule: (axes: AxisValues) => LimitRule;
}

/** A scenario in which GitLab, reached without a proxy, limits one kind of request by one rule of the page. */
export function limitedScenario({ rule, ...declared }: LimitedScenario): Scenario {
  return scenario({
    ...declared,
    abilities: ({ axes }) => requestAbilities(limitedRequestOf(axes)),
    waits: (context) => rule(context.axes).waitsMs(context),
    world: (context) => ({
      gitlab: { ...gitlabForRequest(limitedRequestOf(context.axes)), plan: rule(context.axes).plan(context) },
    }),
    act: (stage) => makeLimitedRequest(stage, () => rule(stage.axes).observe(stage)),
    judge: (evidence, context) => rule(context.axes).judge(evidence, context),
    control: {
      without: 'the 429: GitLab answers every request at once',
      world: ({ axes }) => ({ gitlab: gitlabForRequest(limitedRequestOf(axes)) }),
    },
  });
}
