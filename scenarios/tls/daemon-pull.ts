import {
  type AxisValues,
  configFor,
  dockerConfig,
  dockerNeeds,
  endsAs,
  interceptorAxis,
  interceptorNeeds,
  interceptorOf,
  isPulledThroughProxy,
  jobsEnd,
  jobTaken,
  nobodyRejects,
  nothingDirect,
  proxyVariables,
  type Stage,
  scenario,
  throughProxy,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

const REPOSITORY = 'tools/job';

/** Where dockerd has the proxy's CA. */
const PLACE = { values: ['store', 'certs.d'] } as const;

const world = (axes: AxisValues, trusts?: 'store' | 'certs.d'): WorldSpec => ({
  gitlab: {},
  proxy: interceptorOf(axes),
  docker: { environment: (url) => proxyVariables({ url }), ...(trusts ? { trusts } : {}) },
  registry: { tls: true, auth: 'none', holds: [{ repository: REPOSITORY, image: 'small' }] },
});

export default scenario({
  id: 'tls/daemon-pull',
  asks: "Does Docker pull a job's image behind a proxy that opens TLS, once it has the proxy's CA?",
  explains:
    "The proxy opens all TLS and shows certificates of a CA of its own. A job's image is in a registry behind it, with TLS, so dockerd is shown such a certificate. It has the CA in the store of its machine (place=store), or in /etc/docker/certs.d/HOST:PORT/ca.crt for this registry (place=certs.d). The manifest must be requested from the proxy, nothing directly, nobody in the job may reject a certificate, and the job must succeed. Where it fails, the finding is the cause in the job's trace, with the file to change. The proxy is one of ours, or squid with ssl_bump (interceptor=squid).",
  axes: { place: PLACE, interceptor: interceptorAxis },
  // Of squid's certificates nothing more is asked than whether they are taken, too.
  where: ({ place, interceptor }) => place === 'certs.d' || interceptor === 'own',
  needs: ({ axes }) => interceptorNeeds(axes, ...dockerNeeds()),
  abilities: () => ['poll', 'docker'],
  work: 4_000,
  world: ({ axes }) => world(axes, axes['place'] === 'store' ? 'store' : 'certs.d'),
  act: pull,
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      nobodyRejects(evidence),
      endsAs(evidence, 'success'),
      isPulledThroughProxy(evidence, 'job', REPOSITORY),
      ...throughProxy(evidence, ['registry'], 'registry requests', 'registry'),
    ];
  },
  mutants: ['docker-never-pulls', 'docker-asks-registry-directly'],
  control: { without: "the proxy's CA", world: ({ axes }) => world(axes) },
});

async function pull(stage: Stage): Promise<void> {
  const { gitlab, registry } = stage.world;
  gitlab.queue({ image: `${registry.address}/${REPOSITORY}`, script: ['echo pulled'] });
  await whilePolling(stage, configFor(stage, { docker: dockerConfig(stage) }), () => jobsEnd(stage));
}
