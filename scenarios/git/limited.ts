import {
  type AxisValues,
  asBlocked,
  blocked,
  counted,
  duration,
  type Evidence,
  type Finding,
  gitAbilities,
  gitNeeds,
  gitWorld,
  type JobSpec,
  jobEnd,
  jobTaken,
  measured,
  pageSources,
  runGitJobs,
  scenario,
} from '../../harness/kit/index.ts';

/** How long GitLab asks to wait; git knows nothing of it. In seconds. */
const RESET_IN_SECONDS = 4;
const STATUSES = ['429', '403'] as const;
const statusOf = (axes: AxisValues): 429 | 403 => (axes['status'] === '403' ? 403 : 429);

const jobOf = (axes: AxisValues): Partial<JobSpec> => ({
  variables: { GIT_STRATEGY: 'clone', GET_SOURCES_ATTEMPTS: axes['attempts'] ?? '1' },
});

export default scenario({
  id: 'git/limited',
  asks: "What becomes of a job when GitLab limits, or refuses, git's own requests?",
  explains: `GitLab answers the first request of git's with 429 and a RateLimit-ResetTime ${RESET_IN_SECONDS} s ahead, or with 403, and every later one well. The page speaks of the runner's own requests, not of git's, which a job makes by itself; whether git is run again is what GET_SOURCES_ATTEMPTS says, 1 by default. How often git asked, after which wait, and how the job ended is measured. That nothing bypasses the proxy holds as it does everywhere.`,
  axes: {
    status: { values: STATUSES, default: '429' },
    attempts: { values: ['1', '3'], default: '1' },
    proxy: { values: ['basic'] },
  },
  needs: gitNeeds,
  abilities: (context) => gitAbilities(context, 'get-sources-hook', 'environment'),
  work: 1500,
  world: ({ axes }) => {
    const limited = { status: statusOf(axes), body: 'text' as const };
    const give = limited.status === 429 ? { ...limited, resetTime: { inSeconds: RESET_IN_SECONDS } } : limited;
    return gitWorld(axes, { job: jobOf(axes), plan: [{ on: 'git', times: 1, give }] });
  },
  act: (stage) => runGitJobs(stage, pageSources(stage)),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    return untaken ? asBlocked([untaken]) : [answered(evidence, statusOf(axes), axes['attempts'] ?? '1')];
  },
  mutants: [],
});

function answered(evidence: Evidence, status: number, attempts: string): Finding {
  const [limited, ...later] = evidence.gitlab('git').filter((each) => each.status !== 401);
  const end = jobEnd(evidence);
  const asked = `what becomes of a job whose git is answered with ${status}, with GET_SOURCES_ATTEMPTS=${attempts}`;
  if (limited?.status !== status) return blocked(asked, `git was never answered with ${status}`, limited);
  const next = later[0];
  const again = next
    ? `git asked again ${duration(next.arrived - (limited.answered ?? limited.arrived))} later, ${counted(later.length, 'requests')} in all`
    : 'git did not ask again';
  const ended = end ? `the job was reported as ${end.state ?? 'nothing'}` : 'no final state of the job was reported';
  return measured(asked, `${again}, and ${ended}`, limited, next, end);
}
