import { join } from 'node:path';
import {
  type AxisValues,
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
  type GitWorldContent,
  gateAt,
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
import { CA_FOR_ALL, withSubmodule } from './_submodule.ts';

/** From here on whoever opens a connection to GitLab is served the wrong certificate. */
const WRONG = 'certificate-is-wrong';
/** How long the second job may take until its git opens a tunnel, in milliseconds. */
const TUNNEL_LIMIT_MS = 15_000;
/** How long git is watched from then on, in milliseconds; its runner may have no connection left to tell of the job's end by. */
const WATCHED_MS = 3_000;

const HTTPS = { scheme: 'https' } as const;
/** What is got when the certificate has become wrong: all of a second job's sources, or what comes last of the only one's. */
const OF = { values: ['sources', 'submodule', 'lfs'], default: 'sources' } as const;
type Of = (typeof OF)['values'][number];
const ofOf = (axes: AxisValues): Of => OF.values.find((each) => each === axes['of']) ?? 'sources';

const JOB: JobSpec = { repository: GIT_PROJECT, script: ['git rev-parse HEAD'], variables: { GIT_STRATEGY: 'clone' } };

const LFS_FILE = 'large.txt';
const CONTENT: Readonly<Record<Of, GitWorldContent>> = {
  sources: { job: JOB },
  submodule: withSubmodule,
  lfs: {
    job: { script: [`grep proxyproof-lfs ${LFS_FILE}`] },
    project: { lfs: { [LFS_FILE]: 'proxyproof-lfs-content\n' } },
  },
};
/** What the subject must do besides. */
const ALSO = { sources: [], submodule: ['submodules'], lfs: ['lfs'] } as const;

export default scenario({
  id: 'git/wrong-certificate',
  asks: "Does a job's git send nothing to an https GitLab whose certificate is wrong?",
  explains:
    "A job clones from an https GitLab, whose private CA the runner was given. Then GitLab serves new connections another certificate, which another authority signed, that is for another name, or that is out of date; the runner's own connection stays, and by it comes a second job. Its git may open tunnels, and must send nothing by them, for the job's token would be in it. With of=submodule and of=lfs the certificate becomes wrong in the middle of the only job, when its project is checked out, and the submodule, or the object of Git LFS, is not asked for yet: a hook of git's own, which the get-sources hook makes, waits for that.",
  axes: { certificate: certificateAxis, of: OF },
  needs: ({ axes }) => gitNeeds({ axes: HTTPS }, ...(ofOf(axes) === 'lfs' ? (['git-lfs'] as const) : [])),
  abilities: ({ axes }) => gitAbilities({ axes: HTTPS }, 'get-sources-hook', 'environment', ...ALSO[ofOf(axes)]),
  work: 3000,
  world: ({ axes }) => gitWorld({ ...HTTPS, proxy: 'basic' }, CONTENT[ofOf(axes)]),
  act: (stage) =>
    ACTS[ofOf(stage.axes)](stage, () => stage.world.gitlab.serveWrongCertificate(certificateOf(stage.axes))),
  judge: (evidence, { axes }) => {
    const needed = jobTaken(evidence) ?? (ofOf(axes) === 'sources' ? cloneWorked(evidence) : checkedOut(evidence));
    if (needed) return [needed];
    const wrong = evidence.mark(WRONG);
    if (tunnelsOf(evidence, ofOf(axes)).length === 0) {
      return [blocked('git opens a tunnel to GitLab once its certificate is wrong', 'it opened none', wrong)];
    }
    return [sendsNothing(evidence, axes)];
  },
  mutants: ['git-takes-any-certificate', 'submodules-take-any-certificate', 'lfs-takes-any-certificate'],
  control: {
    without: 'what is wrong with the certificate',
    act: (stage) => ACTS[ofOf(stage.axes)](stage, async () => {}),
  },
});

const ACTS = { sources: twoClones, submodule: oneClone, lfs: oneClone } as const;

/** Tunnels that git opened once the certificate was wrong; the runner, and git-lfs, open theirs without libcurl's header. */
function tunnelsOf(evidence: Evidence, of: Of): readonly Exchange[] {
  const wrong = evidence.mark(WRONG);
  return evidence
    .proxy()
    .filter(
      (each) =>
        each.method === 'CONNECT' &&
        isSuccess(each) &&
        isAfter(each, wrong) &&
        (headerOf(each.headers, 'proxy-connection') !== undefined) === (of !== 'lfs'),
    );
}

async function twoClones(stage: Stage, between: () => Promise<void>): Promise<void> {
  const { world } = stage;
  await whilePolling(stage, gitConfig(stage, pageSources(stage)), async () => {
    await jobsEnd(stage);
    await between();
    world.mark(WRONG, "GitLab's certificate is another for new connections");
    world.gitlab.queue(JOB);
    await watchGit(stage, 2);
  });
}

/** Waits until git opens a tunnel, and then for what may come by it, or the end of a job. */
async function watchGit(stage: Stage, jobs: number): Promise<void> {
  const opened = (seen: Evidence): boolean => tunnelsOf(seen, ofOf(stage.axes)).length > 0;
  await stage.world.waitFor('a tunnel of git', opened, TUNNEL_LIMIT_MS);
  await jobsEnd(stage, jobs, WATCHED_MS);
}

/** Has git wait when the project is checked out; git-lfs has hooks of its own, but none when the index has changed. */
async function oneClone(stage: Stage, between: () => Promise<void>): Promise<void> {
  const { world } = stage;
  const gate = gateAt(world, 'its-checkout');
  const hooks = `'${join(world.host.dir, 'hooks')}'`;
  const recipe = pageSources(stage);
  const getSourcesHook = [
    recipe.getSourcesHook,
    CA_FOR_ALL,
    `mkdir -p ${hooks}`,
    `printf '%s\\n' '#!/bin/sh' "${gate.line}" > ${hooks}/post-index-change`,
    `chmod +x ${hooks}/post-index-change`,
    `git config --global core.hooksPath ${hooks}`,
  ].join('; ');
  await whilePolling(stage, gitConfig(stage, { ...recipe, getSourcesHook }), async () => {
    if (!(await gate.reached())) return;
    await between();
    world.mark(WRONG, "GitLab's certificate is another for new connections");
    await gate.open();
    await watchGit(stage, 1);
  });
}

function checkedOut(evidence: Evidence): Finding | undefined {
  if (evidence.mark(WRONG)) return undefined;
  return blocked('a job checks its project out as long as the certificate is right', 'it did not come so far');
}

/** Without a clone that works nothing is shown by one that does not. */
function cloneWorked(evidence: Evidence): Finding | undefined {
  const end = jobEnd(evidence);
  if (end?.state === 'success') return undefined;
  const seen = `it was reported as ${end?.state ?? 'nothing'}`;
  return blocked('a job gets its sources as long as the certificate is right', seen, end);
}

function sendsNothing(evidence: Evidence, axes: AxisValues): Finding {
  const wrong = evidence.mark(WRONG);
  const sent = evidence.gitlab('git', 'lfs').filter((each) => isAfter(each, wrong));
  const [first] = sent;
  return check(
    first === undefined,
    `git sends nothing to a GitLab whose certificate ${CERTIFICATE_SAYS[certificateOf(axes)]}`,
    first ? `${counted(sent.length, 'requests')} came, the first: ${first.method} ${first.target}` : 'nothing came',
    ...(first ? sent.slice(0, 3) : [wrong]),
  );
}
