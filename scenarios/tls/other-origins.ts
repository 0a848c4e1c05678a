import {
  type AxisValues,
  caAbilities,
  caAxis,
  caPlaceOf,
  type Evidence,
  type Finding,
  gitAbilities,
  gitNeeds,
  interceptorCa,
  interceptorOf,
  isSuccess,
  jobEnd,
  jobsEnd,
  jobTaken,
  measured,
  pageSources,
  placeCa,
  requestAbilities,
  requestJobs,
  scenario,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';
import { cloneWorld, LFS_AT_STORAGE } from './_git.ts';

/** What lies on another host, to which GitLab redirects: an object of Git LFS, or an earlier job's artifacts. */
const OF = { values: ['lfs', 'download'], default: 'lfs' } as const;
const isLfs = (axes: AxisValues): boolean => axes['of'] !== 'download';
/** Whose tunnels are opened. */
const OPENS = { values: ['everything', 'all-but-gitlab', 'gitlab-alone'], default: 'everything' } as const;
const opensOf = (axes: AxisValues) => OPENS.values.find((each) => each === axes['opens']) ?? OPENS.default;

const SAYS: Readonly<Record<(typeof OPENS)['values'][number], string>> = {
  everything: 'everything is opened',
  'all-but-gitlab': "all but GitLab's own tunnels are opened",
  'gitlab-alone': "GitLab's own tunnels alone are opened",
};

/** Where each CA is: the proxy's, and that of whatever is not opened. */
const place = (axes: AxisValues): string => {
  if (caPlaceOf(axes) === 'store') return "the machine's store alone";
  return opensOf(axes) === 'everything'
    ? 'tls-ca-file alone'
    : "tls-ca-file, and that of the others in the machine's store";
};

function world(axes: AxisValues): WorldSpec {
  const proxy = interceptorOf(axes, opensOf(axes));
  if (isLfs(axes)) return cloneWorld(proxy, LFS_AT_STORAGE);
  return { gitlab: { tls: true, directDownload: true, jobs: requestJobs('download') }, proxy };
}

export default scenario({
  id: 'tls/other-origins',
  asks: "Which trust counts for hosts to which GitLab redirects a job's downloads?",
  explains:
    "GitLab redirects the download of an object of Git LFS, or of an earlier job's artifacts (of=download), to storage on another host. The proxy opens the tunnels to both hosts, to the storage alone, or to GitLab alone. Its CA is in the runner's tls-ca-file, or in the machine's store (ca=store); where a tunnel is not opened, the CA of what is behind it is in the store. Whether the job gets what it wants is measured.",
  axes: { of: OF, opens: OPENS, ca: caAxis },
  where: (axes) => {
    // git-lfs tries for 45 s, and then prints the signed URL.
    if (isLfs(axes) && opensOf(axes) === 'gitlab-alone') return false;
    return caPlaceOf(axes) === caAxis.default || (caPlaceOf(axes) === 'store' && opensOf(axes) === OPENS.default);
  },
  needs: ({ axes }) => (isLfs(axes) ? gitNeeds({ axes }, 'git-lfs') : []),
  abilities: ({ axes }) => [
    ...(isLfs(axes)
      ? gitAbilities({ axes: { scheme: 'https' } }, 'get-sources-hook', 'environment', 'lfs')
      : ([...requestAbilities('download'), 'direct-download'] as const)),
    ...caAbilities(axes),
  ],
  work: 1_500,
  world: ({ axes }) => world(axes),
  act: async (stage) => {
    const { axes } = stage;
    const store = opensOf(axes) === 'everything' ? undefined : stage.world.gitlab.caPem;
    const { config } = await placeCa(stage, caPlaceOf(axes), interceptorCa(stage), store);
    await whilePolling(stage, { ...config, ...(isLfs(axes) ? pageSources(stage) : {}) }, () => jobsEnd(stage));
  },
  judge: (evidence, { axes }) => [jobTaken(evidence) ?? arrival(evidence, axes)],
  mutants: [],
});

function arrival(evidence: Evidence, axes: AxisValues): Finding {
  const got = evidence.gitlab('object-storage').filter(isSuccess);
  const end = jobEnd(evidence);
  const what = isLfs(axes) ? 'an object of Git LFS' : 'artifacts';
  return measured(
    `${SAYS[opensOf(axes)]}, and the CA of the proxy is in ${place(axes)}: does a job get ${what} from storage?`,
    got.length > 0
      ? `yes; the job was reported as ${end?.state ?? 'nothing'}`
      : `no; nothing was asked of the storage, and the job was reported as ${end?.state ?? 'nothing'}`,
    ...got.slice(0, 2),
    end,
  );
}
