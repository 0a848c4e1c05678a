import {
  type AxisValues,
  blocked,
  configFor,
  type Evidence,
  type Finding,
  interceptorAxis,
  interceptorCa,
  interceptorNeeds,
  interceptorOf,
  measured,
  placeCa,
  type RunnerConfig,
  START_LIMIT_MS,
  type Stage,
  scenario,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';
import { placeClientCertificate, shownWith } from './_client-certificate.ts';

/** By which way the runner reaches GitLab: the proxy opens GitLab's tunnels, or leaves them, or there is no proxy. */
const WAY = { values: ['opened', 'left', 'direct'], default: 'opened' } as const;
const wayOf = (axes: AxisValues) => WAY.values.find((each) => each === axes['way']) ?? WAY.default;
/** Whether GitLab answers whoever shows no certificate. */
const ASKS = { values: ['required', 'optional'], default: 'required' } as const;
const asksOf = (axes: AxisValues) => ASKS.values.find((each) => each === axes['asks']) ?? ASKS.default;

const SAYS = {
  opened: "the proxy opens GitLab's tunnels",
  left: "the proxy leaves GitLab's tunnels as they are",
  direct: 'there is no proxy',
} as const;

function world(axes: AxisValues): WorldSpec {
  const gitlab = { tls: true, clientCertificate: asksOf(axes) } as const;
  if (wayOf(axes) === 'direct') return { gitlab };
  return { gitlab, proxy: interceptorOf(axes, wayOf(axes) === 'opened' ? 'everything' : 'all-but-gitlab') };
}

export default scenario({
  id: 'tls/mutual',
  asks: 'What becomes of a certificate of the runner behind a proxy that opens TLS?',
  explains:
    'The runner has a certificate of its own in tls-cert-file and tls-key-file, and GitLab asks for one, as nginx with ssl_verify_client: with asks=required it answers 400 to whoever shows none. The proxy opens the tunnels to GitLab, or leaves them as they are, or there is no proxy. Whose certificate GitLab saw, what it answered to requests for jobs, and what the runner said of it, is measured. That the runner shows it where nobody opens the tunnel is required by tls/client-certificate.',
  axes: { way: WAY, asks: ASKS, interceptor: interceptorAxis },
  where: (axes) =>
    axes['interceptor'] === interceptorAxis.default || (wayOf(axes) !== 'direct' && asksOf(axes) === ASKS.default),
  needs: ({ axes }) => interceptorNeeds(axes),
  abilities: () => ['poll', 'custom-ca', 'client-certificate'],
  world: ({ axes }) => world(axes),
  act: async (stage) => {
    const { config: client } = await placeClientCertificate(stage);
    const config = { ...(await trusting(stage)), ...client };
    await whilePolling(stage, config, async () => {
      const answer = await stage.world.waitFor(
        'an answer to a job request',
        (seen) => seen.gitlab('job').find(({ status }) => status !== undefined),
        START_LIMIT_MS,
      );
      if (answer?.status !== 400) return;
      await stage.world.waitFor('what the runner says of it', (seen) => complaint(seen) !== undefined, START_LIMIT_MS);
    });
  },
  judge: (evidence, { axes }) => [fate(evidence, axes)],
  mutants: [],
});

/** Whom the runner must trust: whoever answers it for GitLab. */
async function trusting(stage: Stage): Promise<RunnerConfig> {
  if (wayOf(stage.axes) === 'direct') return configFor(stage);
  const pem = wayOf(stage.axes) === 'opened' ? interceptorCa(stage) : (stage.world.gitlab.caPem ?? '');
  return (await placeCa(stage, 'tls-ca-file', pem)).config;
}

/** The runner's line about requests for jobs that failed. */
const complaint = (evidence: Evidence) => evidence.logs(/Checking for jobs\.\.\. (?:failed|error|forbidden)/)[0];

function fate(evidence: Evidence, axes: AxisValues): Finding {
  const [request] = evidence.gitlab('job').filter(({ status }) => status !== undefined);
  if (!request) return blocked('requests for jobs reach GitLab', 'none did');
  const shown = shownWith(evidence, request);
  const isLost = shown?.subject === undefined && wayOf(axes) === 'opened';
  const said = request.status === 400 ? complaint(evidence) : undefined;
  return measured(
    `${SAYS[wayOf(axes)]}, and GitLab asks for a certificate of its clients (${asksOf(axes)}): whose does it see?`,
    [
      shown?.subject === undefined
        ? `none${isLost ? ", for the proxy speaks TLS with it in the runner's place, and has not the runner's key" : ''}`
        : `that of ${shown.subject}${shown.verified ? '' : ', which it does not take'}`,
      `GitLab answered ${request.status} to a request for jobs${request.status === 400 ? ', which is what nginx says to whoever shows none' : ''}`,
      ...(said ? [`The runner said “${wordsOf(said.line)}”`] : []),
      ...(isLost ? ["Have the proxy leave GitLab's host as it is (tls/client-certificate-lost)"] : []),
    ].join('. '),
    request,
    shown,
    said,
  );
}

/** What a line of the log says: its message and status, where it is JSON. */
function wordsOf(line: string): string {
  const [, msg] = /"msg":"((?:[^"\\]|\\.)*)"/.exec(line) ?? [];
  const [, status] = /"status":"((?:[^"\\]|\\.)*)"/.exec(line) ?? [];
  return msg === undefined ? line.slice(0, 200) : [msg.trim(), status].filter(Boolean).join(': ').slice(0, 200);
}
