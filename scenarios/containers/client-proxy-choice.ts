import {
  type AxisValues,
  CLIENT_IDS,
  type ClientId,
  cells,
  clientAbilities,
  clientOf,
  clientsConfig,
  clientsEnd,
  clientsUnfinished,
  configFor,
  dockerNeeds,
  type EventOf,
  type Evidence,
  type Exchange,
  type Finding,
  jobEnd,
  jobEnvironment,
  jobTaken,
  listClients,
  measured,
  type Stage,
  scenario,
  tableFindings,
  tableJob,
  tableOf,
  traceLines,
  variableStatements,
  whilePolling,
} from '../../harness/kit/index.ts';

/**
 * What is asked, of every client: each spelling of the variables, and each way to write a value in the lower-case and in
 * the upper-case ones. The measured table has all of the others with each way, too.
 */
const asked = cells(
  ({ situation: { group, name } }) =>
    group === 'variables' && (/^(lower|upper): /.test(name) || !/: (?!url$)/.test(name)),
);

/** Each client asks for a host of its own, by which the proxy and the tripwire tell who it was. */
const hostOf = (client: string): string => `${client}.clients.test`;
const addressOf = (client: ClientId): string => `192.0.2.${101 + CLIENT_IDS.indexOf(client)}`;

const SCHEMES = ['http', 'https'] as const;
type Scheme = (typeof SCHEMES)[number];
const PORTS: Readonly<Record<Scheme, number>> = { http: 80, https: 443 };

const isTable = (axes: AxisValues): boolean => axes['environment'] === 'every-spelling';

export default scenario({
  id: 'containers/client-proxy-choice',
  asks: 'Which clients read the proxy from which spelling of the variables?',
  explains: `A job in Docker has the page's \`environment\`: a URL in the lower-case variables, an address without a scheme in the upper-case ones. Or it has the upper-case ones alone, or all of them and NODE_USE_ENV_PROXY=1. curl, wget, git, the docker CLI, dockerd, Go, Python, Ruby, Node, Java and PHP each ask a host of their own, by http and by https; the records of the proxy and of the tripwire show which way each went. With environment=every-spelling a probe in the job asks them ${asked.length} times, with every spelling of the names and of the value, each time in a network of its own.`,
  axes: { environment: { values: ['page', 'upper', 'node', 'every-spelling'], default: 'page' } },
  needs: () => dockerNeeds(),
  abilities: () => clientAbilities,
  work: 20_000,
  world: ({ axes }) => ({
    docker: {},
    proxy: { kind: 'basic', auth: { scheme: 'none', user: '', password: '' } },
    gitlab: {
      jobs: [
        isTable(axes)
          ? tableJob(asked)
          : { script: SCHEMES.map((each) => `clients here ${each}://${hostOf('CLIENT')}/`) },
      ],
    },
  }),
  allows: () => ({ direct: [{ what: /^/, why: 'whether a client goes around the proxy is the question' }] }),
  act: (stage) =>
    whilePolling(
      stage,
      configFor(stage, {
        environment: environmentOf(stage),
        docker: clientsConfig(
          stage,
          CLIENT_IDS.map((client) => `${hostOf(client)}:${addressOf(client)}`),
        ),
      }),
      () => clientsEnd(stage),
    ),
  judge: (evidence, { axes }) => {
    const missing = jobTaken(evidence) ?? clientsUnfinished(evidence);
    if (missing) return [missing];
    if (!isTable(axes)) return SCHEMES.map((scheme) => choices(evidence, scheme));
    const table = tableOf(evidence, asked);
    return 'verdict' in table ? [table] : tableFindings(evidence, table, variableStatements);
  },
  mutants: [],
});

function environmentOf({ world, axes }: Stage): string[] {
  const all = jobEnvironment(world.proxy.url);
  if (axes['environment'] === 'upper') return all.filter((entry) => /^[A-Z_]+=/.test(entry));
  return axes['environment'] === 'node' ? [...all, 'NODE_USE_ENV_PROXY=1'] : all;
}

/** What the clients did with URLs of one scheme: whom each of them asked. */
function choices(evidence: Evidence, scheme: Scheme): Finding {
  const proxied = new Map(CLIENT_IDS.map((client) => [client, atProxy(evidence, scheme, client)]));
  const bypassed = new Map(CLIENT_IDS.map((client) => [client, atTripwire(evidence, scheme, client)]));
  const by = CLIENT_IDS.filter((client) => proxied.get(client));
  const around = CLIENT_IDS.filter((client) => !proxied.get(client) && bypassed.get(client));
  const neither = CLIENT_IDS.filter((client) => !by.includes(client) && !around.includes(client));
  const said = neither.map((client) => `${client} (${complaint(evidence, scheme, client)})`);
  return measured(
    `which clients ask the proxy for ${scheme} URLs`,
    [
      `${scheme} URLs are asked for through the proxy by ${listClients(by, [...around, ...neither])}`,
      ...(around.length > 0 ? [`around it by ${by.length > 0 ? withCauses(around, scheme) : unreached(around)}`] : []),
      ...(said.length > 0 ? [`by neither way: ${said.join(', ')}`] : []),
    ].join('; '),
    ...[...proxied.values(), ...bypassed.values()],
    jobEnd(evidence),
  );
}

/** Where not even one client came by the proxy, it is not the clients. */
const unreached = (around: readonly ClientId[]): string =>
  `${around.join(', ')}, as if no variable had reached the job: look at environment in config.toml`;

/** Clients that went around the proxy, with the reason that each one's model has. */
function withCauses(around: readonly ClientId[], scheme: Scheme): string {
  const causeOf = (client: ClientId): string => {
    const { goesAround } = clientOf(client);
    return goesAround && (goesAround.of ?? scheme) === scheme ? goesAround.because : '';
  };
  return [...Map.groupBy(around, causeOf)]
    .map(([cause, of]) => `${of.join(', ')}${cause === '' ? '' : ` (${cause})`}`)
    .join(', ');
}

function atProxy(evidence: Evidence, scheme: Scheme, client: ClientId): Exchange | undefined {
  const tunnel = `${hostOf(client)}:${PORTS[scheme]}`;
  const plain = new RegExp(`^http://${hostOf(client).replaceAll('.', '\\.')}(:80)?/`);
  return evidence
    .proxy()
    .find(({ method, target }) => (method === 'CONNECT' ? target === tunnel : scheme === 'http' && plain.test(target)));
}

const atTripwire = (evidence: Evidence, scheme: Scheme, client: ClientId): EventOf<'tripwire'> | undefined =>
  evidence.tripwire().find(({ to }) => to === `${addressOf(client)}:${PORTS[scheme]}`);

/** What clients say of a proxy without a scheme: that it is no URL, or that there is no host in it. */
const NO_URL = /bad URI|Invalid URL|connection to :/;

/** What a client said that asked nobody: the job's trace has a line of each, first those of http. */
function complaint(evidence: Evidence, scheme: Scheme, client: ClientId): string {
  const lines = traceLines(evidence).filter((line) => line.startsWith(`${client} `));
  const said = lines[SCHEMES.indexOf(scheme)]?.slice(client.length + 1);
  if (said === undefined) return 'nothing is known of it';
  return NO_URL.test(said) ? `${said}: a proxy without a scheme is no URL to it` : said;
}
