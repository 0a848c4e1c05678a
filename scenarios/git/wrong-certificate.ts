import {
  blocked,
  CERTIFICATE_SAYS,
  certificateAxis,
  certificateOf,
  check,
  counted,
  type Evidence,
  type Exchange,
  type Finding,
  GIT_PROJECT,
  gitAbilities,
  gitConfig,
  gitNeeds,
  gitWorld,
  headerOf,
  isAfter,
  isSuccess,
  type JobSpec,
  jobEnd,
  jobsEnd,
  jobTaken,
  pageSources,
  type Stage,
  scenario,
  whilePolling,
} from '../../harness/kit/index.ts';

/** From here on whoever opens a connection to GitLab is served the wrong certificate. */
const WRONG = 'certificate-is-wrong';
/** How long the second job may take until its git opens a tunnel, in milliseconds. */
const TUNNEL_LIMIT_MS = 15_000;
/** How long git is watched from then on, in milliseconds; its runner may have no connection left to tell of the job's end by. */
const WATCHED_MS = 3_000;

const HTTPS = { scheme: 'https' } as const;
const JOB: JobSpec = { repository: GIT_PROJECT, script: ['git rev-parse HEAD'], variables: { GIT_STRATEGY: 'clone' } };

export default scenario({
  id: 'git/wrong-certificate',
  asks: "Does a job's git send nothing to an https GitLab whose certificate is wrong?",
  explains:
    "A job clones from an https GitLab, whose private CA the runner was given. Then GitLab serves new connections another certificate, which another authority signed, that is for another name, or that is out of date; the runner's own connection stays, and by it comes a second job. Its git may open tunnels, and must send nothing by them, for the job's token would be in it.",
  axes: { certificate: certificateAxis },
  needs: () => gitNeeds({ axes: HTTPS }),
  abilities: () => gitAbilities({ axes: HTTPS }, 'get-sources-hook', 'environment'),
  work: 3000,
  world: () => ({ ...gitWorld({ ...HTTPS, proxy: 'basic' }, { job: JOB }) }),
  act: (stage) => twoClones(stage, () => stage.world.gitlab.serveWrongCertificate(certificateOf(stage.axes))),
  judge: (evidence, { axes }) => {
    const needed = jobTaken(evidence) ?? cloneWorked(evidence);
    if (needed) return [needed];
    const wrong = evidence.mark(WRONG);
    if (tunnelsOfGit(evidence).length === 0) {
      return [blocked('git opens a tunnel to GitLab once its certificate is wrong', 'it opened none', wrong)];
    }
    return [sendsNothing(evidence, CERTIFICATE_SAYS[certificateOf(axes)])];
  },
  mutants: ['git-takes-any-certificate'],
  control: { without: 'what is wrong with the certificate', act: (stage) => twoClones(stage, async () => {}) },
});

/** Tunnels that git opened once the certificate was wrong; the runner may open others, without libcurl's header. */
function tunnelsOfGit(evidence: Evidence): readonly Exchange[] {
  const wrong = evidence.mark(WRONG);
  return evidence
    .proxy()
    .filter(
      (each) =>
        each.method === 'CONNECT' &&
        isSuccess(each) &&
        isAfter(each, wrong) &&
        headerOf(each.headers, 'proxy-connection') !== undefined,
    );
}

async function twoClones(stage: Stage, between: () => Promise<void>): Promise<void> {
  const { world } = stage;
  await whilePolling(stage, gitConfig(stage, pageSources(stage)), async () => {
    await jobsEnd(stage);
    await between();
    world.mark(WRONG, "GitLab's certificate is another for new connections");
    world.gitlab.queue(JOB);
    await world.waitFor('a tunnel of git', (seen) => tunnelsOfGit(seen).length > 0, TUNNEL_LIMIT_MS);
    await jobsEnd(stage, 2, WATCHED_MS);
  });
}

/** Without a clone that works nothing is shown by one that does not. */
function cloneWorked(evidence: Evidence): Finding | undefined {
  const end = jobEnd(evidence);
  if (end?.state === 'success') return undefined;
  const seen = `it was reported as ${end?.state ?? 'nothing'}`;
  return blocked('a job gets its sources as long as the certificate is right', seen, end);
}

function sendsNothing(evidence: Evidence, says: string): Finding {
  const wrong = evidence.mark(WRONG);
  const sent = evidence.gitlab('git').filter((each) => isAfter(each, wrong));
  const [first] = sent;
  return check(
    first === undefined,
    `git sends nothing to a GitLab whose certificate ${says}`,
    first ? `${counted(sent.length, 'requests')} came, the first: ${first.method} ${first.target}` : 'nothing came',
    ...(first ? sent.slice(0, 3) : [wrong]),
  );
}
