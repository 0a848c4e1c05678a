import type { Addition } from './_addition.ts';

const SCENARIO = `import {
  behindProxy,
  blocked,
  check,
  isSuccess,
  POLL_INTERVAL_MS,
  POLL_TOLERANCE_MS,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  scenario,
  START_LIMIT_MS,
  throughProxy,
  type World,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

const worldOf = (proxy: WorldSpec['proxy'], jobs: number): WorldSpec => ({
  gitlab: { plan: [{ on: 'job', times: jobs, give: { status: 502 } }] },
  ...(proxy ? { proxy } : {}),
});

export default scenario({
  id: 'polling/goes-on-after-502',
  asks: 'Does it ask again after a 502?',
  explains: 'GitLab answers the first job request with 502. Another must come through the proxy, an interval later.',
  axes: { proxy: proxyAxis },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: () => ['poll'],
  world: ({ axes }) => worldOf(proxyOf(axes), 1),
  act: (stage) => whilePolling(stage, behindProxy(stage), () => untilItAsksAgain(stage.world)),
  judge: (evidence) => {
    const through = throughProxy(evidence, ['job'], 'job requests');
    const failed = evidence.gitlab('job').find(({ status }) => status === 502);
    if (!failed) return [blocked('a job request is answered with 502', 'none was'), ...through];
    const next = evidence.gitlab('job').find((each) => isSuccess(each) && each.arrived > failed.arrived);
    const came = next ? 'one came' : 'none came';
    return [check(next !== undefined, 'another job request follows', came, failed, next), ...through];
  },
  mutants: ['never-uses-proxy'],
  control: { without: 'the 502', world: ({ axes }) => worldOf(proxyOf(axes), 0) },
});

async function untilItAsksAgain(world: World): Promise<void> {
  await world.waitFor(
    'a job request that succeeds',
    (seen) => seen.tripwire()[0] || seen.gitlab('job').some(isSuccess),
    START_LIMIT_MS + POLL_INTERVAL_MS + POLL_TOLERANCE_MS,
  );
}
`;

/** A scenario: a file, and its line in the register. */
export const scenario: Addition = {
  files: { 'scenarios/polling/goes-on-after-502.ts': SCENARIO },
  edits: [
    {
      file: 'harness/conformance/requirements/polling.ts',
      from: "  requirement('without-proxy-variables'",
      to: "  requirement('goes-on-after-502', 'R', 'After a 502 it asks for a job again, an interval later.'),\n  requirement('without-proxy-variables'",
    },
  ],
};
