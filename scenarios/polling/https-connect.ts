import {
  check,
  configFor,
  counted,
  type Evidence,
  type Finding,
  gitlabOrigin,
  isOfJob,
  isSuccess,
  jobTaken,
  makeRequest,
  nothingDirect,
  ownRequestAxis,
  ownRequestOf,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  requestAbilities,
  requestJobs,
  scenario,
  throughProxy,
} from '../../harness/kit/index.ts';
import { areOfPage, VARIABLES_SAY, variablesAxis, withVariables } from './_variables.ts';

export default scenario({
  id: 'polling/https-connect',
  asks: 'Does it reach an https GitLab through CONNECT tunnels?',
  explains: `As polling/through-proxy, with an https GitLab whose certificate a private CA signed; the runner is given that CA. Every connection that reaches GitLab must have its own CONNECT at the proxy, to the host and port of GitLab's URL, and the proxy must see no other request: it cannot see inside a tunnel. A CONNECT whose Host is there must name that host, too, and not the proxy: as everywhere, the proxy flags another one. ${VARIABLES_SAY}`,
  axes: { request: ownRequestAxis, variables: variablesAxis, proxy: proxyAxis },
  where: (axes) => areOfPage(axes) || (ownRequestOf(axes) === 'job' && axes['proxy'] === 'basic'),
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => [...requestAbilities(ownRequestOf(axes)), 'custom-ca'],
  world: ({ axes }) => ({ gitlab: { tls: true, jobs: requestJobs(ownRequestOf(axes)) }, proxy: proxyOf(axes) }),
  act: (stage) => makeRequest(stage, ownRequestOf(stage.axes), withVariables(stage)),
  judge: (evidence, { axes }) => {
    const kind = ownRequestOf(axes);
    const untaken = isOfJob(kind) ? jobTaken(evidence) : undefined;
    if (untaken) return [untaken, nothingDirect(evidence), onlyTunnels(evidence)];
    return [...throughProxy(evidence, [kind], `${kind} requests`), onlyTunnels(evidence), oneEach(evidence)];
  },
  mutants: [
    'never-uses-proxy',
    'proxies-only-http',
    'proxies-only-job-requests',
    'never-sends-credentials',
    'tunnels-to-default-port',
    'names-proxy-as-host-of-tunnel',
    'ignores-proxy-with-slash',
    'ignores-proxy-without-scheme',
    'ignores-lower-case-variables',
    'prefers-lower-case-variables',
  ],
  control: {
    without: 'the proxy variables',
    act: (stage) => makeRequest(stage, ownRequestOf(stage.axes), configFor(stage, { env: {} })),
  },
});

function onlyTunnels(evidence: Evidence): Finding {
  const origin = gitlabOrigin(evidence);
  const wrong = evidence.proxy().filter(({ method, target }) => method !== 'CONNECT' || target !== origin);
  const [first] = wrong;
  const seen = first
    ? `the proxy was asked for ${first.method} ${first.target}`
    : evidence.proxy().length > 0
      ? `the proxy was asked for nothing but CONNECT ${origin}`
      : 'the proxy was not asked for anything';
  return check(
    !first && evidence.proxy().length > 0,
    `the proxy is asked for CONNECT ${origin} and nothing else`,
    seen,
    ...wrong,
  );
}

function oneEach(evidence: Evidence): Finding {
  const connections = evidence.of('connection').filter(({ peer, via }) => peer === 'gitlab' && via === 'proxy');
  const tunnels = evidence.proxy().filter((each) => each.method === 'CONNECT' && isSuccess(each));
  return check(
    connections.length > 0 && connections.length === tunnels.length,
    'there is one successful CONNECT for each connection to GitLab',
    `there were ${counted(tunnels.length, 'successful CONNECTs')} and ${counted(connections.length, 'connections')} to GitLab`,
    ...tunnels.slice(0, 3),
    ...connections.slice(0, 3),
  );
}
