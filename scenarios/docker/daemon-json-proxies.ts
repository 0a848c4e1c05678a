import {
  type AxisValues,
  dockerNeeds,
  endsAs,
  HOST_TOOLS,
  isPulledThroughProxy,
  jobTaken,
  nothingDirect,
  scenario,
} from '../../harness/kit/index.ts';
import { asUser, pullBoth } from './_pulls.ts';

const BESIDE = { values: ['nothing', 'drop-in'], default: 'nothing' } as const;
const hasDropIn = (axes: AxisValues): boolean => axes['beside'] === 'drop-in';

const proxies = (url: string) => ({ proxies: { 'http-proxy': url, 'https-proxy': url, 'no-proxy': 'localhost' } });

const refused = (url: string): string => asUser(url, 'of-the-drop-in');

const dropInOf = (axes: AxisValues) =>
  hasDropIn(axes) ? { environment: (url: string) => ({ HTTP_PROXY: refused(url), HTTPS_PROXY: refused(url) }) } : {};

const world = (axes: AxisValues) => ({
  gitlab: {},
  proxy: { kind: 'basic' } as const,
  registry: {
    auth: 'none' as const,
    holds: Object.values(HOST_TOOLS).map((repository) => ({ repository, image: 'small' as const })),
  },
  docker: { images: 'none' as const, ...dropInOf(axes) },
});

export default scenario({
  id: 'docker/daemon-json-proxies',
  asks: 'Do the proxies of daemon.json do what the drop-in of docker.service does?',
  explains:
    "Docker has `proxies` in its daemon.json, which its versions before 23 do not know, and no variables. A job needs two images, its own and the helper's, which only a registry behind the proxy has; every pull goes there. Both must be requested from the proxy, nothing directly, and the job must succeed. With beside=drop-in the daemon also has HTTP_PROXY and HTTPS_PROXY, with an account that the proxy refuses: daemon.json wins, so the job must succeed all the same.",
  axes: { beside: BESIDE },
  needs: () => dockerNeeds('docker-23'),
  abilities: () => ['poll', 'docker'],
  work: 5_000,
  world: ({ axes }) => ({ ...world(axes), docker: { ...world(axes).docker, config: proxies } }),
  act: (stage) => pullBoth(stage, HOST_TOOLS),
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      endsAs(evidence, 'success'),
      ...Object.entries(HOST_TOOLS).map(([role, repository]) => isPulledThroughProxy(evidence, role, repository)),
      nothingDirect(evidence),
    ];
  },
  mutants: ['docker-never-pulls', 'docker-asks-registry-directly'],
  control: { without: 'daemon.json', world: ({ axes }) => world(axes) },
});
