import {
  type AxisValues,
  behindProxy,
  blocked,
  CERTIFICATE_SAYS,
  certificateAxis,
  certificateOf,
  check,
  counted,
  type Evidence,
  type Finding,
  isSuccess,
  issueRequest,
  POLL_INTERVAL_MS,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  requestAbilities,
  type Stage,
  scenario,
  type WorldSpec,
} from '../../harness/kit/index.ts';

const REQUEST = { values: ['job', 'register', 'verify'], default: 'job' } as const;
const requestOf = ({ request }: AxisValues) => REQUEST.values.find((each) => each === request) ?? 'job';

/** How long a runner is watched, in milliseconds: a few of its polls. */
const WATCHED_MS = 4 * POLL_INTERVAL_MS;

const world = (axes: AxisValues): WorldSpec => ({ gitlab: { tls: true }, proxy: proxyOf(axes) });

export default scenario({
  id: 'polling/wrong-certificate',
  asks: 'Does it send nothing to an https GitLab whose certificate is wrong?',
  explains:
    'As polling/https-connect, but what answers behind the tunnel has a certificate that another authority signed than the one that the runner was given, that is for another name, or that is out of date. The runner may open tunnels, and must send nothing by them: no request may reach that GitLab, for its token would be in it.',
  axes: { certificate: certificateAxis, request: REQUEST, proxy: proxyAxis },
  where: (axes) => axes['proxy'] === 'basic' || requestOf(axes) === 'job',
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => [...requestAbilities(requestOf(axes)), 'custom-ca'],
  waits: () => WATCHED_MS,
  world: ({ axes }) => ({ ...world(axes), gitlab: { tls: true, wrongCertificate: certificateOf(axes) } }),
  act: watch,
  judge: (evidence, { axes }) => {
    const tunnels = evidence.proxy().filter((each) => each.method === 'CONNECT' && isSuccess(each));
    if (tunnels.length === 0) {
      return [blocked('the runner opens a tunnel to GitLab', 'it opened none')];
    }
    return [sendsNothing(evidence, CERTIFICATE_SAYS[certificateOf(axes)])];
  },
  mutants: ['takes-any-certificate', 'takes-certificate-of-other-name', 'takes-expired-certificates'],
  control: { without: 'what is wrong with the certificate', world: ({ axes }) => world(axes) },
});

async function watch(stage: Stage): Promise<void> {
  const { world } = stage;
  await issueRequest(stage, requestOf(stage.axes), behindProxy(stage), async () => {
    await world.waitFor('a request that should not come', (seen) => seen.gitlab().length > 0, WATCHED_MS);
  });
}

function sendsNothing(evidence: Evidence, wrong: string): Finding {
  const sent = evidence.gitlab();
  const [first] = sent;
  const connections = evidence.of('connection').filter(({ peer }) => peer === 'gitlab');
  const seen = first
    ? `${counted(sent.length, 'requests')} came, the first: ${first.method} ${first.target}`
    : `none came by ${counted(connections.length, 'connections')}`;
  return check(
    first === undefined && connections.length > 0,
    `no request is sent to a GitLab whose certificate ${wrong}`,
    seen,
    ...(first ? sent.slice(0, 3) : connections.slice(0, 3)),
  );
}
