import { dockerNeeds, scenario } from '../../harness/kit/index.ts';
import { daemonFindings, daemonWorld, type Tried, tryDaemon } from './_daemon-job.ts';

/** A build whose Dockerfile comes by stdin. @param variable DOCKER_BUILDKIT */
const build = (variable: '0' | '1', dockerfile: string, more = ''): string =>
  `printf '${dockerfile}' | DOCKER_BUILDKIT=${variable} docker build --no-cache --tag tried ${more} -f - /proxyproof`;

/** A RUN step knows the world's names, the proxy's among them, and has the proxy, by the arguments of the build. */
const SURROUNDINGS = `$(awk '/[.]test/ {print "--add-host " $2 ":" $1}' /etc/hosts) --build-arg https_proxy="$https_proxy"`;

const FROM = (base: string): string => `FROM ${base}\\nRUN true\\n`;
const ask = (registry: string): string => `curl -sS --fail -o /dev/null https://${registry}/v2/`;

const TRIES: readonly Tried[] = [
  { name: 'FROM by the classic builder', command: (base) => build('0', FROM(base)) },
  { name: 'FROM by BuildKit', command: (base) => build('1', FROM(base)) },
  {
    name: 'curl in a RUN step',
    command: (base, registry) => build('1', `FROM ${base}\\nRUN ${ask(registry)}\\n`, SURROUNDINGS),
  },
  {
    name: 'curl in a RUN step with COPY of the CA and CURL_CA_BUNDLE',
    command: (base, registry) =>
      build(
        '1',
        `FROM ${base}\\nCOPY interceptor.crt /ca.crt\\nRUN CURL_CA_BUNDLE=/ca.crt ${ask(registry)}\\n`,
        SURROUNDINGS,
      ),
  },
];

export default scenario({
  id: 'tls/buildkit',
  asks: "Where must the proxy's CA be for the base image of a build, and for its RUN steps?",
  explains:
    "As in tls/dind, but what is tried are builds: whose base image is in the registry, by the classic builder and by BuildKit, and whose RUN step asks the registry by curl, as it is and with the CA copied into the image. BuildKit is the daemon's own.",
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker', 'environment'],
  work: 20_000,
  world: daemonWorld,
  act: (stage) => tryDaemon(stage, TRIES, ['nowhere', 'certs.d', 'certs.d-restarted', 'store-restarted']),
  judge: (evidence) => daemonFindings(evidence, TRIES),
  mutants: [],
  control: { without: "the proxy's CA", act: (stage) => tryDaemon(stage, TRIES, ['nowhere']) },
});
