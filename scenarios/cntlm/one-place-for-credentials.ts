import {
  behindCntlm,
  blocked,
  bypassed,
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
  isSuccess,
  jobEnd,
  jobsEnd,
  jobTaken,
  nothingDirect,
  POLL_INTERVAL_MS,
  pageCntlmConf,
  parentLogins,
  passedParent,
  type Stage,
  scenario,
  startCntlm,
  throughProxy,
  whilePolling,
} from '../../harness/kit/index.ts';

const PROJECT = 'group/project';
const NEW_PASSWORD = 'Winter-is.c0ming';

const CHANGED = 'password-changed';
const EDITED = 'cntlm-conf-edited';
/** How long until the runner asks again, in milliseconds. */
const IDLE_LIMIT_MS = 5 * POLL_INTERVAL_MS;
/** How long a second job may take from being queued to its end, in milliseconds. */
const SECOND_JOB_LIMIT_MS = 15 * POLL_INTERVAL_MS;
/** How long a runner that is refused is watched, in milliseconds. */
const GIVE_UP_MS = 8_000;

export default scenario({
  id: 'cntlm/one-place-for-credentials',
  asks: 'After a change of password, is cntlm.conf the only file to edit?',
  explains:
    'Everything is configured as on the page, and a first job clones its project. Then the account gets another password and the parent proxy drops its connections, so the next login of cntlm is refused and nothing gets through. Only cntlm.conf is edited, and cntlm restarted. The runner, its process, the Docker daemon and their configuration stay as they are. A second job must succeed.',
  needs: () => dockerNeeds('git'),
  abilities: () => ['poll', 'docker', 'environment', 'git', 'get-sources-hook', 'check-interval'],
  waits: () => 2 * POLL_INTERVAL_MS,
  work: 8_000,
  world: () => ({
    docker: {},
    proxy: { kind: 'keep-alive', auth: CNTLM_ACCOUNT },
    gitlab: { repositories: [{ path: PROJECT }] },
  }),
  act: (stage) => changePassword(stage, { password: NEW_PASSWORD }),
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    const changed = evidence.mark(CHANGED);
    if (!changed) {
      const seen = jobEnd(evidence) ? 'the password was never changed' : 'the first job did not end';
      return [blocked('a first job is done, then the password is changed', seen), nothingDirect(evidence)];
    }
    return [
      endsAs(evidence, 'success'),
      oldOneIsOut(evidence),
      endsAs(evidence, 'success', 1),
      ...throughProxy(evidence, ['job', 'git'], 'requests of runner and git').slice(0, 2),
      everyRequestIsLoggedIn(evidence),
      nothingDirect(evidence),
    ];
  },
  mutants: ['never-uses-proxy', 'stops-polling-after-407', 'goes-direct-when-proxy-answers-407'],
  control: {
    without: 'the edit of cntlm.conf: cntlm is restarted as it was',
    act: (stage) => changePassword(stage, {}, GIVE_UP_MS),
  },
});

const cloneJob = { repository: PROJECT, script: ['git rev-parse HEAD'] } as const;

/** @param edit what is edited in cntlm.conf */
async function changePassword(stage: Stage, edit: Partial<CntlmConf>, limitMs = SECOND_JOB_LIMIT_MS): Promise<void> {
  const { world } = stage;
  const first = await startCntlm(stage);
  await using services = new AsyncDisposableStack();
  services.use(first);
  world.gitlab.queue(cloneJob);
  await whilePolling(stage, configFor(stage, behindCntlm(stage)), async () => {
    await jobsEnd(stage);
    // The password changes between two polls, so that it is a poll that is refused.
    const polled = await world.waitFor('a poll after the first job', pollsAgain, IDLE_LIMIT_MS);
    if (!polled || bypassed(world.evidence)) return;
    await world.proxy.setCredentials({ user: pageCntlmConf(stage).username, password: NEW_PASSWORD });
    // A connection that is logged in stays so, whatever becomes of the password.
    await world.proxy.restart();
    world.mark(CHANGED, 'the account has another password');
    await world.waitFor(
      'a log-in that is refused',
      (seen) => refusedSince(seen).length > 0 || bypassed(seen),
      IDLE_LIMIT_MS,
    );
    await first[Symbol.asyncDispose]();
    services.use(await startCntlm(stage, edit));
    world.mark(
      EDITED,
      `cntlm is restarted; ${edit.password ? 'its cntlm.conf has the new password' : 'nothing was edited'}`,
    );
    world.gitlab.queue(cloneJob);
    await world.waitFor(
      "the second job's final state",
      (seen) => jobEnd(seen, 1) !== undefined || bypassed(seen),
      limitMs,
    );
  });
}

const pollsAgain = (seen: Evidence): boolean =>
  bypassed(seen) || seen.gitlab('job').some((each) => isSuccess(each) && isAfter(each, jobEnd(seen)));

const refusedSince = (evidence: Evidence) => {
  const from = evidence.mark(CHANGED)?.seq ?? Number.POSITIVE_INFINITY;
  const to = evidence.mark(EDITED)?.seq ?? Number.POSITIVE_INFINITY;
  return parentLogins(evidence).filter(({ step, seq }) => step === 'refused' && seq > from && seq < to);
};

/** That the old password is really refused; without that the rest would show nothing. */
function oldOneIsOut(evidence: Evidence): Finding {
  const [changed, edited] = [evidence.mark(CHANGED), evidence.mark(EDITED)];
  const between = (each: Exchange): boolean => isAfter(each, changed) && !isAfter(each, edited);
  const refused = refusedSince(evidence);
  const through = passedParent(evidence).filter(between);
  return check(
    refused.length > 0 && through.length === 0,
    'cntlm with the old password is refused by the parent, and nothing passes',
    `${counted(refused.length, 'log-ins')} refused${refused[0]?.reason ? ` (${refused[0].reason})` : ''}, ${counted(through.length, 'requests')} passed`,
    ...refused.slice(0, 3),
    ...through.slice(0, 3),
  );
}
