import type { Plan } from '../../gitlab/plan.ts';
import type { World } from '../../world/world.ts';
import type { Elsewhere } from '../plan/elsewhere.ts';

/** Has the proxy do what it does of its own, for some hosts or bodies, until it is disposed. */
export function proxyDoes(
  { proxy }: World,
  { silentFor = [], proxyIsDown, refuses = [], refusesAnonymous, bodyLimitBytes }: Elsewhere,
): Disposable {
  const faults = [
    ...(proxyIsDown ? [proxy.inject({ fault: 'refuse' })] : []),
    ...silentFor.map((line) => proxy.inject({ fault: 'hang', when: 'on-request', line })),
    ...refuses.map(({ host, status }) => proxy.inject({ fault: 'answer', status, line: host })),
    ...(refusesAnonymous ? [proxy.inject({ fault: 'answer', status: 403, anonymousOnly: true })] : []),
    ...(bodyLimitBytes === undefined ? [] : [proxy.inject({ fault: 'body-limit', bytes: bodyLimitBytes })]),
  ];
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
  {
    on: 'job',
    times: times ?? 'ever',
    give: {
      status: 429,
      ...(resetSeconds === undefined ? {} : { resetTime: { inSeconds: resetSeconds } }),
      body: 'json',
    },
  },
];
