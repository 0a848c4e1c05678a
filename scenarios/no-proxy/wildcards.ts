import {
  cells,
  clientAbilities,
  clientsConfig,
  clientsEnd,
  clientsUnfinished,
  configFor,
  dockerNeeds,
  jobEnvironment,
  jobTaken,
  noProxyStatements,
  scenario,
  tableFindings,
  tableJob,
  tableOf,
  whilePolling,
} from '../../harness/kit/index.ts';

/** What is asked, of every client: each value of NO_PROXY for each URL that it may or may not name. */
const asked = cells(({ situation }) => situation.group === 'no-proxy');

export default scenario({
  id: 'no-proxy/wildcards',
  asks: 'What does each client understand in NO_PROXY: suffixes, wildcards, networks, addresses, ports?',
  explains: `The page says that in NO_PROXY a wildcard works for suffixes alone, not for prefixes or networks. A job in Docker asks curl, wget, git, the docker command, dockerd, Go, Python, Ruby, Node and PHP ${asked.length} times: each value of NO_PROXY, for each URL that it may or may not name. The answer is who was asked, the proxy or the host itself: in the job's container is a probe that gives each of them a network of its own, in which every address is a listener. Whether the models of the clients (proxyproof no-proxy) agree is said at the end.`,
  needs: () => dockerNeeds(),
  abilities: () => clientAbilities,
  work: 30_000,
  world: () => ({ docker: {}, proxy: { kind: 'basic' }, gitlab: { jobs: [tableJob(asked)] } }),
  act: (stage) =>
    whilePolling(
      stage,
      configFor(stage, { environment: jobEnvironment(stage.world.proxy.url), docker: clientsConfig(stage) }),
      () => clientsEnd(stage),
    ),
  judge: (evidence) => {
    const missing = jobTaken(evidence) ?? clientsUnfinished(evidence);
    if (missing) return [missing];
    const table = tableOf(evidence, asked);
    return 'verdict' in table ? [table] : tableFindings(evidence, table, noProxyStatements);
  },
  mutants: [],
});
