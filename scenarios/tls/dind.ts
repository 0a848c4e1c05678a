import { dockerNeeds, scenario } from '../../harness/kit/index.ts';
import { daemonFindings, daemonWorld, type Tried, tryDaemon } from './_daemon-job.ts';

const TRIES: readonly Tried[] = [
  { name: 'pull', command: (base) => `docker pull --quiet ${base}` },
  {
    name: 'push',
    // Of an image that needs nothing of the registry.
    command: (_, registry) =>
      `printf 'FROM scratch\\nCOPY said /\\n' | DOCKER_BUILDKIT=0 docker build --quiet --tag ${registry}/tools/pushed -f - /tmp && docker push --quiet ${registry}/tools/pushed`,
  },
];

export default scenario({
  id: 'tls/dind',
  asks: "Where must the proxy's CA be for a daemon in a container of a job to pull and push?",
  explains:
    "The proxy opens all TLS, with a CA of its own, and a registry is behind it. A privileged job starts dockerd as a dind service does, then pulls and pushes: with the CA nowhere; in certs.d, put there while dockerd runs, and after a restart; and in the store of dockerd's container alone, put there by update-ca-certificates while dockerd runs, and after a restart. The answer is what works where.",
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker', 'environment'],
  work: 12_000,
  world: daemonWorld,
  act: (stage) => tryDaemon(stage, TRIES),
  judge: (evidence) => daemonFindings(evidence, TRIES),
  mutants: [],
  control: { without: "the proxy's CA", act: (stage) => tryDaemon(stage, TRIES, ['nowhere']) },
});
