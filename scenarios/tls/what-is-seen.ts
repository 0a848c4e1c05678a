import {
  type AxisValues,
  type Evidence,
  type Exchange,
  type Finding,
  gitAbilities,
  gitNeeds,
  interceptorCa,
  interceptorOf,
  jobsEnd,
  jobTaken,
  measured,
  openedRequests,
  pageSources,
  placeCa,
  type Stage,
  scenario,
  whilePolling,
} from '../../harness/kit/index.ts';
import { cloneWorld } from './_git.ts';

/** Which tunnels are opened: those to GitLab and to its storage, or to one of the two. */
const OPENS = { values: ['everything', 'all-but-gitlab', 'gitlab-alone'], default: 'everything' } as const;
const opensOf = (axes: AxisValues) => OPENS.values.find((each) => each === axes['opens']) ?? OPENS.default;

/** How the record names secrets, and what they are. */
const SECRETS: Readonly<Record<string, string>> = {
  'registration-token': 'the registration token',
  'runner-token': "the runner's token",
  'job-token': "the job's token, which is the password for git and for the registry, too",
  'masked-variable': 'a masked variable of the project',
  'object-storage-signature': 'the signature of a URL of object storage',
};
const NAMED = /«([a-z-]+)[^»]*»/g;

export default scenario({
  id: 'tls/what-is-seen',
  asks: 'Which secrets does a proxy that opens TLS get to see?',
  explains:
    'A runner registers, and runs a job that clones, has a masked variable, uploads artifacts, and downloads those of an earlier job, which GitLab has at object storage on another host, all by https. The proxy opens the tunnels to both hosts, to the storage alone (opens=all-but-gitlab), or to GitLab alone. What it recorded inside of them is searched for every secret of the case: each that was met is an answer, with the host, the requests and where in them it stood. This is what whoever runs the proxy, or reads its logs, can have.',
  axes: { opens: OPENS },
  needs: ({ axes }) => gitNeeds({ axes }),
  abilities: () => [
    ...gitAbilities({ axes: { scheme: 'https' } }, 'get-sources-hook', 'environment'),
    'register',
    'upload',
    'download',
    'direct-download',
  ],
  work: 1_500,
  world: ({ axes }) => {
    const { gitlab, ...others } = cloneWorld(interceptorOf(axes, opensOf(axes)), {
      job: {
        script: ['echo content > artifact.txt'],
        artifacts: ['artifact.txt'],
        downloads: true,
        maskedVariables: { DEPLOY_PASSWORD: 'kept-by-the-project-alone' },
      },
    });
    return { ...others, gitlab: { ...gitlab, directDownload: true } };
  },
  act,
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    return untaken ? [untaken] : seenSecrets(evidence);
  },
  mutants: [],
});

async function act(stage: Stage): Promise<void> {
  const { world } = stage;
  const store = opensOf(stage.axes) === 'everything' ? undefined : world.gitlab.caPem;
  const isGitlabOpened = opensOf(stage.axes) !== 'all-but-gitlab';
  const { caPem = '' } = world.gitlab;
  // git looks for GitLab's CA in the runner's file alone, so what is there must be right.
  const { config } = await placeCa(
    stage,
    'tls-ca-file',
    isGitlabOpened ? interceptorCa(stage) : caPem + interceptorCa(stage),
    store,
  );
  await stage.subject.register(config, world.gitlab.tokens.registration);
  await whilePolling(stage, { ...config, ...pageSources(stage) }, () => jobsEnd(stage));
}

function seenSecrets(evidence: Evidence): readonly Finding[] {
  const requests = openedRequests(evidence);
  const places = new Map<string, { readonly where: Set<string>; readonly witnesses: Exchange[] }>();
  for (const each of requests) {
    for (const [name, where] of secretsIn(each)) {
      const key = `${new URL(each.target).hostname} ${name}`;
      const met = places.get(key) ?? { where: new Set(), witnesses: [] };
      met.where.add(where);
      met.witnesses.push(each);
      places.set(key, met);
    }
  }
  if (places.size === 0) {
    return [measured('which secrets does the proxy see?', 'none', ...requests.slice(0, 3))];
  }
  return [...places].sort().map(([key, { where, witnesses }]) => {
    const [host, name = ''] = key.split(' ');
    return measured(
      `does the proxy see ${SECRETS[name] ?? name}, to ${host}?`,
      `yes, in ${[...where].join(', ')}`,
      ...witnesses.slice(0, 3),
    );
  });
}

/** The secrets in a request and in its answer, and where they stand. */
function secretsIn(each: Exchange): readonly (readonly [name: string, where: string])[] {
  const what = whatIs(each);
  const texts: readonly (readonly [text: string, where: string])[] = [
    [each.target, `the URL of ${what}`],
    ...each.headers.map(([name, value]) => [value, `the header ${name} of ${what}`] as const),
    [each.body?.text ?? '', `the body of ${what}`],
    ...each.responseHeaders.map(([name, value]) => [value, `the header ${name} of the answer to ${what}`] as const),
    [each.responseBody?.text ?? '', `the answer to ${what}`],
  ];
  return texts.flatMap(([text, where]) => {
    const names = new Set([...text.matchAll(NAMED)].map(([, name = '']) => name));
    return [...names].filter((name) => name in SECRETS).map((name) => [name, where] as const);
  });
}

/** The requests that it is one of, in words. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\/api\/v4\/jobs\/request$/, 'job requests'],
  [/\/api\/v4\/runners$/, 'registrations'],
  [/\/api\/v4\/runners\/verify$/, 'verifications'],
  [/\/jobs\/\d+\/trace$/, 'traces'],
  [/\/jobs\/\d+\/artifacts$/, 'transfers of artifacts'],
  [/\/jobs\/\d+$/, 'updates of jobs'],
  [/\/(info\/refs|git-upload-pack)$/, "git's requests"],
  [/^\/object-storage\//, 'downloads from storage'],
];

function whatIs({ target }: Exchange): string {
  const { pathname } = new URL(target);
  return KINDS.find(([pattern]) => pattern.test(pathname))?.[1] ?? 'other requests';
}
