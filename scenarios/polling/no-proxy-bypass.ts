import {
  behindProxy,
  check,
  counted,
  type Evidence,
  endsAs,
  type Finding,
  jobsEnd,
  jobTaken,
  nothingDirect,
  originForm,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  type RunnerConfig,
  type Stage,
  scenario,
  throughProxy,
  whilePolling,
} from '../../harness/kit/index.ts';
import { spellingAxis, spellingOf } from './_no-proxy.ts';

const KINDS = ['job', 'trace', 'update'] as const;

export default scenario({
  id: 'polling/no-proxy-bypass',
  asks: 'Does it go direct to a GitLab that NO_PROXY names, and only then?',
  explains:
    "In this world GitLab can be reached directly as well as through the proxy. The runner's process has the proxy variables and NO_PROXY, spelled in one of the ways that Go's clients and the page document: the host, the host with its port, a suffix that begins with a dot, a star, one of a list, in an upper-case and a lower-case variable. It runs a job; each of its requests must reach GitLab directly, and the proxy must see none. The values other-host, other-port and partial-name do not name GitLab (lab.test is not the end of gitlab.test at a dot): with them all must go through the proxy.",
  axes: { spelling: spellingAxis, proxy: proxyAxis },
  // Where the proxy is to be left out, which one it is makes no difference.
  where: ({ spelling, proxy }) => proxy === 'basic' || spelling === 'exact' || spelling === 'partial-name',
  needs: ({ axes }) => proxyNeeds(axes, 'namespace'),
  abilities: () => ['poll'],
  world: ({ axes }) => ({
    gitlab: { jobs: [{ script: ['echo proxyproof-job-ran'] }] },
    proxy: proxyOf(axes),
    direct: 'gitlab',
  }),
  allows: ({ axes }) =>
    spellingOf(axes['spelling']).matches ? { direct: [{ what: /^gitlab /, why: 'NO_PROXY names GitLab' }] } : {},
  act: (stage) => runWith(stage, withNoProxy(stage, stage.axes['spelling'])),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (!spellingOf(axes['spelling']).matches) {
      if (untaken) return [untaken, nothingDirect(evidence)];
      return [endsAs(evidence, 'success'), ...throughProxy(evidence, KINDS, 'job, trace and update requests')];
    }
    return [untaken ?? endsAs(evidence, 'success'), ...goesDirect(evidence)];
  },
  mutants: [
    'never-uses-proxy',
    'proxies-only-job-requests',
    'ignores-no-proxy',
    'over-matches-no-proxy',
    'matches-no-proxy-exactly-only',
  ],
  control: {
    without: 'the entry in NO_PROXY (where the entry must not match: one that does)',
    act: (stage) => {
      const named = spellingOf(stage.axes['spelling']).matches;
      return runWith(stage, named ? behindProxy(stage) : withNoProxy(stage, 'exact'));
    },
  },
});

const runWith = (stage: Stage, config: RunnerConfig): Promise<void> =>
  whilePolling(stage, config, () => jobsEnd(stage));

function withNoProxy(stage: Stage, name: string | undefined): RunnerConfig {
  const { hostname, port, protocol } = new URL(stage.world.gitlabUrl);
  const spelling = spellingOf(name);
  const value = spelling.value(hostname, port || (protocol === 'https:' ? '443' : '80'));
  return behindProxy(stage, { variable: spelling.variable ?? 'NO_PROXY', value });
}

/** Only the runner's own requests: git, where a runner starts it though it is not asked to, reads NO_PROXY differently. */
function goesDirect(evidence: Evidence): Finding[] {
  const arrived = evidence.gitlab(...KINDS);
  const others = arrived.filter(({ via }) => via !== 'direct');
  const asked = evidence.proxy().filter(({ target }) => originForm(target).startsWith('/api/'));
  const tripwire = evidence.tripwire();
  return [
    check(
      arrived.length > 0 && others.length === 0,
      'requests reach GitLab, and directly',
      arrived.length === 0
        ? 'no request reached GitLab'
        : `${arrived.length - others.length} of ${counted(arrived.length, 'requests')} reached GitLab directly`,
      ...(others.length > 0 ? others : arrived).slice(0, 3),
    ),
    check(
      asked.length === 0,
      'the proxy is not asked for anything',
      asked.length === 0
        ? 'the proxy was not asked'
        : `the proxy was asked for ${counted(asked.length, 'requests')}, the first: ${asked[0]?.method} ${asked[0]?.target}`,
      ...asked.slice(0, 3),
    ),
    check(
      tripwire.length === 0,
      'nothing goes anywhere else',
      tripwire[0] ? `a connection went to ${tripwire[0].to}` : 'nothing went anywhere else',
      ...tripwire,
    ),
  ];
}
