import {
  configFor,
  dockerConfig,
  type Evidence,
  type Finding,
  interceptorFile,
  interceptorOf,
  jobEnd,
  jobEnvironment,
  jobsEnd,
  jobTaken,
  measured,
  nothingDirect,
  type Stage,
  traceLines,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

const REPOSITORY = 'tools/base';
/** Where a job finds the proxy's CA, by `volumes` of config.toml. */
const CA = '/proxyproof/interceptor.crt';
const WORD = 'proxyproof-tls';

/** Where the CA is when something is tried, in words. Each place is tried in this order, in one job. */
export const PLACES = {
  nowhere: 'with the CA nowhere',
  'certs.d': 'with the CA in /etc/docker/certs.d/HOST:PORT/ca.crt, put there while dockerd runs',
  'certs.d-restarted': 'with the CA in certs.d, and dockerd restarted',
  store: 'with the CA in the store of its container alone, put there while dockerd runs',
  'store-restarted': 'with the CA in that store, and dockerd restarted',
} as const;
export type Place = keyof typeof PLACES;

/** What is tried, as shell: it succeeds where nobody rejects a certificate. */
export interface Tried {
  readonly name: string;
  /** @param base the image at the registry @param registry its address */
  readonly command: (base: string, registry: string) => string;
}

export const daemonWorld = (): WorldSpec => ({
  gitlab: {},
  proxy: interceptorOf({}),
  docker: {},
  registry: { tls: true, auth: 'none', holds: [{ repository: REPOSITORY, image: 'small' }] },
});

/** Starts the daemon that a dind service would start, and waits until it answers. */
const UP = [
  'up() { DOCKER_TLS_CERTDIR= dockerd-entrypoint >/tmp/dockerd.log 2>&1 & pid=$!; timeout 60 sh -c "until docker version >/dev/null 2>&1; do sleep 0.1; done"; }',
  'down() { kill $pid; wait $pid || true; }',
  'export DOCKER_HOST=unix:///var/run/docker.sock',
];

/** How each place comes about, after the one before it. */
const REACHED: Readonly<Record<Place, (registry: string) => string>> = {
  nowhere: () => 'up',
  'certs.d': (registry) => `mkdir -p /etc/docker/certs.d/${registry}; cp ${CA} /etc/docker/certs.d/${registry}/ca.crt`,
  'certs.d-restarted': () => 'down; up',
  store: (registry) =>
    `down; rm -r /etc/docker/certs.d/${registry}; up; docker pull --quiet ${registry}/none || true; cp ${CA} /usr/local/share/ca-certificates/; update-ca-certificates >/dev/null 2>&1`,
  'store-restarted': (registry) =>
    `down; rm -rf /etc/docker/certs.d/${registry}; cp ${CA} /usr/local/share/ca-certificates/; update-ca-certificates >/dev/null 2>&1; up`,
};

/**
 * Runs a job in a privileged container that starts dockerd as a dind service does, and tries things with the proxy's CA in one place
 * after the other. It says of each what became of it, and fails in no case.
 * @param places those that come to be; something is tried in each
 */
export async function tryDaemon(
  stage: Stage,
  tries: readonly Tried[],
  places: readonly Place[] = Object.keys(PLACES) as Place[],
): Promise<void> {
  const { world } = stage;
  const { docker, registry } = world;
  const file = await interceptorFile(stage);
  const base = `${registry.address}/${REPOSITORY}`;
  const attempt = (place: Place, { name, command }: Tried): string =>
    `docker rmi --force ${base} tried >/dev/null 2>&1 || true; if (${command(base, registry.address)}) >/tmp/said 2>&1; then echo '${WORD} ${place} ${name} works'; else echo "${WORD} ${place} ${name} $(grep -o 'x509: [a-z ]*\\|certificate verify failed\\|curl: ([0-9]*)[a-zA-Z ]*' /tmp/said | head -n 1)"; fi`;
  world.gitlab.queue({
    image: docker.image('dind'),
    script: [
      ...UP,
      ...places.flatMap((place) => [REACHED[place](registry.address), ...tries.map((each) => attempt(place, each))]),
    ],
  });
  const config = configFor(stage, {
    environment: jobEnvironment(world.proxy.url),
    docker: dockerConfig(stage, { privileged: true, volumes: [`${file}:${CA}:ro`, '/var/lib/docker'] }),
  });
  await whilePolling(stage, config, () => jobsEnd(stage, 1, 180_000));
}

/** What became of everything that was tried, a finding for each place. */
export function daemonFindings(evidence: Evidence, tries: readonly Tried[]): readonly Finding[] {
  const untaken = jobTaken(evidence);
  if (untaken) return [untaken, nothingDirect(evidence)];
  const lines = traceLines(evidence);
  const end = jobEnd(evidence);
  return (Object.keys(PLACES) as Place[]).flatMap((place) => {
    const said = tries.flatMap(({ name }) => {
      const start = `${WORD} ${place} ${name} `;
      const line = lines.find((each) => each.startsWith(start));
      if (line === undefined) return [];
      const how = line.slice(start.length);
      return [`${name} ${how === 'works' ? 'works' : `fails${how === '' ? '' : ` (${how})`}`}`];
    });
    if (said.length === 0) return [];
    return [measured(`what works ${PLACES[place]}`, `${PLACES[place]}: ${said.join('; ')}`, end)];
  });
}
