import {
  bypassed,
  check,
  counted,
  type Evidence,
  type Exchange,
  endsAs,
  type Finding,
  GIT_PROJECT,
  gitConfig,
  isAfter,
  type JobSpec,
  jobEnd,
  jobsEnd,
  pageSources,
  type RunnerConfig,
  type Stage,
  whilePolling,
} from '../../harness/kit/index.ts';
import { cloneScenario } from './_clone-scenario.ts';

/** What there is to fetch the first time; does not compress. */
const CONTENT_BYTES = 512 * 1024;

const job: JobSpec = {
  repository: GIT_PROJECT,
  script: ['git rev-parse HEAD'],
  allowGitFetch: true,
  variables: { GIT_STRATEGY: 'fetch' },
};

export default cloneScenario({
  id: 'git/fetch-again',
  asks: 'Does the fetch of a second job into the same checkout go through the proxy?',
  explains:
    'Two jobs of one project run one after the other with GIT_STRATEGY fetch, configured as in git/clone-through-proxy; the repository holds 512 KiB. Both must succeed through the proxy. The second must ask GitLab again, and get less than a tenth of what the first got: it fetches into the checkout that is there.',
  content: () => ({ job, project: { bytes: CONTENT_BYTES } }),
  act: (stage) => runTwice(stage, pageSources(stage)),
  finds: (evidence) => [endsAs(evidence, 'success', 1), fetchesOnlyWhatIsNew(evidence)],
  mutants: ['clones-afresh'],
  control: {
    without: 'the second job',
    act: (stage) => whilePolling(stage, gitConfig(stage, pageSources(stage)), () => jobsEnd(stage)),
  },
});

async function runTwice(stage: Stage, differs: Partial<RunnerConfig>): Promise<void> {
  await whilePolling(stage, gitConfig(stage, differs), async () => {
    await jobsEnd(stage);
    if (bypassed(stage.world.evidence)) return;
    stage.world.gitlab.queue(job);
    await jobsEnd(stage, 2);
  });
}

function fetchesOnlyWhatIsNew(evidence: Evidence): Finding {
  const firstEnd = jobEnd(evidence);
  const requests = evidence.gitlab('git');
  const first = requests.filter((each) => !isAfter(each, firstEnd));
  const second = requests.filter((each) => isAfter(each, firstEnd));
  const [got, gotAgain] = [bytesOf(first), bytesOf(second)];
  return check(
    got >= CONTENT_BYTES && second.length > 0 && gotAgain < got / 10,
    'the second job asks GitLab again and gets less than a tenth of what the first got',
    `the first job got ${got} bytes in ${counted(first.length, 'requests')}, the second ${gotAgain} bytes in ${counted(second.length, 'requests')}`,
    ...second.slice(0, 3),
  );
}

const bytesOf = (exchanges: readonly Exchange[]): number =>
  exchanges.reduce((sum, { responseBody }) => sum + (responseBody?.bytes ?? 0), 0);
