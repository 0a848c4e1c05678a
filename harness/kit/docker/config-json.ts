import { check, type Finding, type Stage } from '../../conformance/authoring.ts';
import type { JobSpec } from '../../gitlab/spec.ts';
import type { EventOf, Evidence } from '../../ledger/index.ts';
import { type DockerProxies, readDockerConfig } from '../../recipes/index.ts';
import type { RunnerConfig } from '../../runner/subject.ts';
import type { WorldSpec } from '../../world/spec.ts';
import { jobEnd, traceLines } from '../job/job.ts';
import { configFor, jobsEnd, whilePolling } from '../running/running.ts';
import { counted } from '../words.ts';
import { dockerConfig } from './executor.ts';

/** What every container that a job's docker CLI starts is called here. */
const STARTED = 'proxyproof-started';

const SOCKET = '/var/run/docker.sock';

/** Where the docker CLI of root looks. */
export const DOCKER_CONFIG_FILE = '/root/.docker/config.json';

/** Marks what config.json must say. */
const EXPECTED = 'expected-proxies';
const WORD = 'proxyproof-config-json=';

/** `noProxy` of the page's example. */
export const DIND_NO_PROXY = 'docker:2375,docker:2376';

/** A world in which jobs run in Docker; its proxy wants no password, so nothing in a trace is a secret. */
export const configJsonWorld = (): WorldSpec => ({
  docker: {},
  proxy: { kind: 'basic', auth: { scheme: 'none', user: '', password: '' } },
  gitlab: {},
});

/** Lines of a script that show config.json, and have the docker CLI start a container. */
const showsAndStarts = (image: string): readonly string[] => [
  `echo ${WORD}$(base64 -w0 $HOME/.docker/config.json)`,
  `docker run --rm --name ${STARTED} ${image} true`,
];

/**
 * Runs one job whose docker CLI has the engine's own socket.
 * @param differs how the runner is configured; volumes are added
 */
export async function runWithDockerSocket(
  stage: Stage,
  job: JobSpec,
  { volumes = [], ...differs }: Partial<RunnerConfig> & { readonly volumes?: readonly string[] },
): Promise<void> {
  const { world } = stage;
  world.gitlab.queue(job);
  const docker = dockerConfig(stage, { volumes: [`${world.docker.socketPath}:${SOCKET}`, ...volumes] });
  await whilePolling(stage, configFor(stage, { ...differs, docker }), () => jobsEnd(stage));
}

/**
 * Runs one that shows its config.json and starts a container.
 * @param expected what config.json must say
 * @param differs as above
 */
export function showConfigJson(
  stage: Stage,
  expected: DockerProxies,
  job: JobSpec,
  differs: Parameters<typeof runWithDockerSocket>[2],
): Promise<void> {
  const { world } = stage;
  world.mark(EXPECTED, JSON.stringify(expected));
  return runWithDockerSocket(stage, { ...job, script: showsAndStarts(world.docker.image('job')) }, differs);
}

const expectedIn = (evidence: Evidence): DockerProxies => JSON.parse(evidence.mark(EXPECTED)?.what ?? '{}');

/** What the job had as config.json; undefined when it did not show one. */
export function shownConfigJson(evidence: Evidence): string | undefined {
  const line = traceLines(evidence).find((each) => each.startsWith(WORD) && each.length > WORD.length);
  return line === undefined ? undefined : Buffer.from(line.slice(WORD.length), 'base64').toString();
}

/** The container that the job's docker CLI started. */
const startedBy = (evidence: Evidence): EventOf<'container'> | undefined =>
  evidence.of('container').find(({ what, name }) => what === 'created' && name === STARTED);

const isEmpty = (found: DockerProxies | undefined): boolean => found?.httpProxy === '' && found.httpsProxy === '';

/** That config.json is JSON, and says what it must. */
export function configJsonIsRight(evidence: Evidence): Finding {
  const text = shownConfigJson(evidence);
  const expected = expectedIn(evidence);
  const read = text === undefined ? undefined : readDockerConfig(text);
  const found = read && !('why' in read) ? read.get('default') : undefined;
  const wrong = Object.entries(expected).filter(([key, value]) => found?.[key as keyof DockerProxies] !== value);
  const seen =
    text === undefined || read === undefined
      ? 'the job has no config.json'
      : 'why' in read
        ? `it is not: ${read.why}. Quotation marks need one level of escaping for each of shell, YAML or TOML that they pass`
        : wrong.length > 0
          ? `it is JSON, but ${wrong.map(([key]) => key).join(', ')} ${wrong.length === 1 ? 'is' : 'are'} ${isEmpty(found) ? 'empty: the job lacks the upper-case variables' : 'not what the variables say'}`
          : 'it is, and does';
  const holds = found !== undefined && wrong.length === 0;
  return check(holds, 'config.json is valid JSON and has the three values', seen, jobEnd(evidence));
}

/** Which variables each key of config.json becomes, in both cases. */
const VARIABLES = { httpProxy: 'HTTP_PROXY', httpsProxy: 'HTTPS_PROXY', noProxy: 'NO_PROXY' } as const;

/** That the container of the CLI was made with both cases of the variables. */
export function configJsonReachesContainers(evidence: Evidence): Finding {
  const started = startedBy(evidence);
  const env = new Set(started?.inspect?.env);
  const wanted = Object.entries(expectedIn(evidence)).flatMap(([key, value]) => {
    const name = VARIABLES[key as keyof typeof VARIABLES];
    return [`${name}=${value}`, `${name.toLowerCase()}=${value}`];
  });
  const missing = wanted.filter((each) => !env.has(each)).map((each) => each.replace(/=.*/s, ''));
  const warned = configJsonWarning(evidence);
  const seen = !started
    ? 'the docker CLI started no container'
    : missing.length === 0
      ? `it has all ${counted(wanted.length, 'variables')}`
      : `it lacks ${missing.join(', ')}${warned === undefined ? ': the CLI found no proxies.default for its daemon' : `: the CLI says “${warned}”`}`;
  const holds = wanted.length > 0 && started !== undefined && missing.length === 0;
  return check(
    holds,
    'a container that the docker CLI starts has HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in both cases',
    seen,
    started,
    jobEnd(evidence),
  );
}

/** What the docker CLI says of a config.json that it cannot read. */
export const configJsonWarning = (evidence: Evidence): string | undefined =>
  traceLines(evidence).find((line) => /WARNING: Error loading config file/.test(line));
