import {
  type AxisValues,
  behindCntlm,
  CNTLM_ACCOUNT,
  type CntlmConf,
  check,
  configFor,
  counted,
  dockerNeeds,
  type Evidence,
  type Exchange,
  endsAs,
  everyRequestIsLoggedIn,
  type Finding,
  isAfter,
  jobEnd,
  jobsEnd,
  jobTaken,
  measured,
  nothingDirect,
  pageCntlmConf,
  passedParent,
  type Stage,
  scenario,
  startCntlm,
  throughProxy,
  traceLines,
  varying,
  whilePolling,
} from '../../harness/kit/index.ts';

const PROJECT = 'group/project';
/** How often a job calls git while its parent dies, one call after the other. */
const TICKS = 12;
/** At which request of git's: a call makes two of them or three. */
const DIES_AT = 7;
const TICK_LIMIT_MS = 60_000;
/** How long a runner that cannot reach its proxy is watched, in milliseconds. */
const GIVE_UP_MS = 8_000;

/** The parent that is to carry everything from this moment on; its port is the first word. */
const CARRIES = 'carries';

type Dead = 'at-start' | 'mid-job' | 'comes-back';
const DEAD = ['at-start', 'mid-job', 'comes-back'] as const satisfies readonly Dead[];

const parent = { kind: 'keep-alive', auth: CNTLM_ACCOUNT } as const;

export default scenario({
  id: 'cntlm/parent-failover',
  asks: 'With two Proxy lines in cntlm.conf, do jobs go on when a parent proxy dies?',
  explains: `Two NTLM proxies lead out, and the real cntlm has a Proxy line for each; everything else is as on the page. dead=at-start: the first proxy refuses connections from before cntlm starts, and a job that clones its project must succeed through the second. dead=mid-job: a job calls git ${TICKS} times; halfway the first proxy cuts its connections and refuses new ones. The job must succeed; what it lost is measured. dead=comes-back: after a job through the second proxy the first comes back and the second dies, and another job must succeed through the first. Nothing may bypass the proxies, and every connection must be logged in.`,
  axes: { dead: { values: DEAD } },
  needs: () => dockerNeeds('git'),
  abilities: () => ['poll', 'docker', 'environment', 'git', 'get-sources-hook'],
  work: 8_000,
  world: () => ({
    docker: {},
    proxy: parent,
    standby: parent,
    gitlab: { repositories: [{ path: PROJECT }] },
  }),
  act: (stage) => ACTS[deadOf(stage.axes)](stage, {}),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    const both = deadOf(axes) === 'comes-back';
    return [
      endsAs(evidence, 'success'),
      ...(both ? [endsAs(evidence, 'success', 1)] : []),
      ...movesOver(evidence),
      ...throughProxy(evidence, ['job', 'git'], 'requests of runner and git').slice(0, 2),
      everyRequestIsLoggedIn(evidence),
      nothingDirect(evidence),
      ...(deadOf(axes) === 'mid-job' ? [lost(evidence)] : []),
    ];
  },
  mutants: ['never-uses-proxy'],
  control: {
    without: 'the second Proxy line',
    act: (stage) => firstIsDead(stage, { proxies: pageCntlmConf(stage).proxies.slice(0, 1) }, GIVE_UP_MS),
  },
});

const deadOf = (axes: AxisValues): Dead => DEAD.find((each) => each === axes['dead']) ?? 'at-start';

const ACTS = {
  'at-start': firstIsDead,
  'mid-job': firstDies,
  'comes-back': firstComesBack,
} as const satisfies Record<Dead, (stage: Stage, conf: Partial<CntlmConf>) => Promise<void>>;

const cloneJob = { repository: PROJECT, script: ['git rev-parse HEAD'] } as const;

async function firstIsDead(stage: Stage, conf: Partial<CntlmConf>, limitMs?: number): Promise<void> {
  const { world } = stage;
  await world.proxy.stop();
  await using _ = await startCntlm(stage, conf);
  carries(stage, 'standby', 'the first parent is dead');
  world.gitlab.queue(cloneJob);
  await whilePolling(stage, configFor(stage, behindCntlm(stage)), () => jobsEnd(stage, 1, limitMs));
}

async function firstDies(stage: Stage, conf: Partial<CntlmConf>): Promise<void> {
  const { world } = stage;
  await using _ = await startCntlm(stage, conf);
  carries(stage, 'proxy', 'both parents are up');
  const ask =
    'git ls-remote "$CI_REPOSITORY_URL" HEAD >/dev/null 2>&1 && echo "tick $i answered" || echo "tick $i lost"';
  world.gitlab.queue({
    repository: PROJECT,
    variables: { GIT_STRATEGY: 'none' },
    script: [`for i in $(seq ${TICKS}); do ${ask}; sleep 0.25; done`],
  });
  await whilePolling(stage, configFor(stage, behindCntlm(stage)), async () => {
    await world.waitFor(
      `git requests of the job`,
      (seen) => seen.gitlab('git').length >= DIES_AT || seen.tripwire().length > 0,
      TICK_LIMIT_MS,
    );
    await world.proxy.stop();
    carries(stage, 'standby', 'the first parent has died');
    await jobsEnd(stage);
  });
}

async function firstComesBack(stage: Stage, conf: Partial<CntlmConf>): Promise<void> {
  const { world } = stage;
  await world.proxy.stop();
  await using _ = await startCntlm(stage, conf);
  carries(stage, 'standby', 'the first parent is dead');
  world.gitlab.queue(cloneJob);
  await whilePolling(stage, configFor(stage, behindCntlm(stage)), async () => {
    await jobsEnd(stage);
    await world.proxy.start();
    await world.standby.stop();
    carries(stage, 'proxy', 'the first parent has come back, and the second has died');
    world.gitlab.queue(cloneJob);
    await jobsEnd(stage, 2);
  });
}

/** Tells the judge which parent is up. */
function carries({ world }: Stage, which: 'proxy' | 'standby', why: string): void {
  world.mark(CARRIES, `${world[which].port} is the port of the parent from here on: ${why}`);
}

/** That requests go by the parent that is up, after each change. */
function movesOver(evidence: Evidence): Finding[] {
  const connections = new Map(evidence.of('connection').map(({ connection, to }) => [connection, to]));
  const portOf = ({ connection }: Exchange): string => connections.get(connection)?.split(':').at(-1) ?? '';
  const moments = evidence.of('act').filter(({ mark }) => mark === CARRIES);
  return moments.map((moment, index) => {
    const [port = '', ...rest] = moment.what.split(' ');
    const next = moments[index + 1];
    const since = passedParent(evidence).filter((each) => isAfter(each, moment) && !(next && isAfter(each, next)));
    const by = since.filter((each) => portOf(each) === port);
    const why = rest.join(' ').split(': ')[1] ?? '';
    return check(
      by.length > 0,
      `when ${why}, requests go on by the parent that is up`,
      by.length > 0
        ? `${counted(by.length, 'requests')} went by it, the first ${((by[0]?.arrived ?? 0) - moment.t).toFixed(0)} ms after that`
        : 'none went by it: cntlm takes the next Proxy line only when no connection can be made',
      moment,
      ...by.slice(0, 3),
    );
  });
}

/** What of a job's requests got no answer while the parent died. */
function lost(evidence: Evidence): Finding {
  const ticks = traceLines(evidence).flatMap((line) => {
    const [, nth, how] = /^tick (\d+) (answered|lost)$/.exec(line) ?? [];
    return nth === undefined ? [] : [{ nth, how }];
  });
  const unanswered = ticks.filter(({ how }) => how === 'lost');
  const found = measured(
    'how many calls of git in the job are lost when the parent dies',
    `${unanswered.length} of ${ticks.length} are lost${unanswered.length > 0 ? `: number ${unanswered.map(({ nth }) => nth).join(', ')}` : ''}`,
    jobEnd(evidence),
  );
  return varying('it depends on what the job is doing at the moment when the parent dies', found);
}
