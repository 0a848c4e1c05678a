import type { Plan } from '../../gitlab/plan.ts';
import type { World } from '../../world/world.ts';
import type { Elsewhere } from '../plan/elsewhere.ts';

/** Has the proxy never answer for some hosts, until it is disposed. */
export function silence({ proxy }: World, { silentFor = [] }: Elsewhere): Disposable {
  const faults = silentFor.map((line) => proxy.inject({ fault: 'hang', when: 'on-request', line }));
  return { [Symbol.dispose]: () => faults.forEach((each) => void each.off()) };
}

/** Has GitLab limit requests for a job from the beginning, until it is disposed. */
export function limit({ gitlab }: World, { limits }: Elsewhere): Disposable {
  if (limits) gitlab.follow(limitPlan(limits));
  return {
    [Symbol.dispose]() {
      if (limits) gitlab.follow([]);
    },
  };
}

const limitPlan = ({ times, resetSeconds }: NonNullable<Elsewhere['limits']>): Plan => [
  { on: 'job', times, give: { status: 429, resetTime: { inSeconds: resetSeconds }, body: 'json' } },
];
