import { check, proxyVariables, scenario } from 'proxyproof';

const AHEAD_SECONDS = 30;
const WATCHED_MS = 20_000;

export default scenario({
  id: 'team/quiet-while-limited',
  asks: 'Does it leave a limited GitLab alone until the stated time?',
  requires: {
    level: 'R',
    cites: 'Rules of our network, page 3',
    holds: 'A runner that was told when to come back sends no job request before.',
  },
  explains: `GitLab answers the first job request with 429 and a reset time ${AHEAD_SECONDS} s ahead. In the ${WATCHED_MS / 1000} s that follow no other job request may come.`,
  abilities: () => ['poll'],
  waits: () => WATCHED_MS,
  // Arrange: what stands around the subject.
  world: () => ({
    gitlab: { plan: [{ on: 'job', times: 1, give: { status: 429, resetTime: { inSeconds: AHEAD_SECONDS } } }] },
    proxy: { kind: 'basic' },
  }),
  // Act: make the subject do something, and wait until there is enough to judge. Nothing is asserted here.
  act: async ({ world, subject }) => {
    await subject.run({
      url: world.gitlabUrl,
      token: world.gitlab.tokens.runner,
      env: proxyVariables({ url: world.proxy.url }),
      checkInterval: 3600,
    });
    await world.waitFor('the first job request', (seen) => seen.gitlab('job')[0]?.answered, 60_000);
    await world.watch(WATCHED_MS, 'whether another job request comes');
  },
  // Judge: a pure function of the record.
  judge: (evidence) => {
    const [first, early] = evidence.gitlab('job');
    const seen = early ? `another came after ${Math.round(early.arrived - (first?.arrived ?? 0))} ms` : 'none came';
    return [check(first !== undefined && !early, 'no second job request while the limit lasts', seen, first, early)];
  },
  // What proves that the judge can tell: with these faults, and without the limit, it must not be content.
  mutants: ['returns-before-reset-time', 'never-uses-proxy'],
});
