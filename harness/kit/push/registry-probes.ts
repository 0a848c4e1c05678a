import { check, type Finding, type Stage } from '../../conformance/authoring.ts';
import type { RunningContainer } from '../../containers/handle.ts';
import type { RegistryAuth } from '../../gitlab/index.ts';
import { Evidence } from '../../ledger/index.ts';
import { jobEnd } from '../job/job-end.ts';
import { traceLines } from '../job/trace.ts';

/** A repository that nobody but the probe asks for, and another one. */
const PROBED = 'group/probed';
const OTHER = 'group/other';
/** A project that the job is none of. */
const ELSEWHERE = 'group/elsewhere';
const MARK = 'registry-probe:';
/** Marks that everything was tried. */
export const REGISTRY_PROBED = 'registry-is-probed';
const LIMIT_SECONDS = '10';
const CA = '/ca.crt';

/** What must be refused, as a sentence has it before “is refused”. */
const REFUSED = {
  'wrong-password': 'a wrong password, by the service that gives tokens for the registry',
  'other-repository': 'a push with a token for another repository',
  'other-action': 'a push with a token that is good for pulls alone',
  'no-name': 'a look at a repository with a token that nobody in particular asked for',
} as const;
type ProbeName = keyof typeof REFUSED;

/** What was seen once the probe had tried everything: what the subject did. */
export function afterRegistryProbe(evidence: Evidence): Evidence {
  const probed = evidence.mark(REGISTRY_PROBED);
  return probed ? new Evidence(evidence.events.filter(({ seq }) => seq > probed.seq)) : evidence;
}

/**
 * Tries at the registry itself, through the proxy, what it must refuse, and first what it must not, which shows that the probe
 * is right.
 */
export async function probeRegistry({ world }: Pick<Stage, 'world'>): Promise<void> {
  const { docker, registry, gitlab, proxy } = world;
  const { registryLogin, registryAuth } = gitlab;
  if (!registryLogin || !registryAuth) return;
  const { user, password } = registryLogin;
  await using container = await docker.run({
    name: 'registry-probe',
    image: 'helper',
    command: ['sleep', '600'],
    ...(registry.caPem === undefined ? {} : { files: { [CA]: registry.caPem } }),
  });
  const ask = (...more: string[]): Promise<Answer> =>
    curl(container, ['--proxy', proxy.url, ...(registry.caPem === undefined ? [] : ['--cacert', CA]), ...more]);
  const askToken = (scope: string, secret = password): Promise<Answer> =>
    ask('--user', `${user}:${secret}`, tokenUrl(registryAuth, scope));
  const askWith = async ({ body }: Answer, ...more: string[]): Promise<number> => {
    const { token = '' } = JSON.parse(body || '{}') as { readonly token?: string };
    return (await ask('--header', `Authorization: Bearer ${token}`, ...more)).status;
  };
  const push = async (scope: string): Promise<number> =>
    askWith(await askToken(scope), '--request', 'POST', uploadTo(registry.url, PROBED));
  const mark = (name: ProbeName | 'right', status: number): void =>
    world.mark(`${MARK}${name}`, `it was answered with ${status}`);
  mark('right', await push(`repository:${PROBED}:pull,push`));
  mark('wrong-password', (await askToken(`repository:${PROBED}:pull,push`, password.slice(0, -1))).status);
  mark('other-repository', await push(`repository:${OTHER}:pull,push`));
  mark('other-action', await push(`repository:${PROBED}:pull`));
  const nobody = await ask(tokenUrl(registryAuth, `repository:${PROBED}:pull`));
  mark('no-name', await askWith(nobody, `${registry.url}/v2/${PROBED}/tags/list`));
  world.mark(REGISTRY_PROBED, 'everything was tried that the registry must refuse');
}

const uploadTo = (registry: string, repository: string): string => `${registry}/v2/${repository}/blobs/uploads/`;

function tokenUrl({ realm, service }: Pick<RegistryAuth, 'realm' | 'service'>, scope: string): string {
  return `${realm}?${new URLSearchParams({ service, scope })}`;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function curl(container: RunningContainer, more: readonly string[]): Promise<Answer> {
  const { stdout } = await container.exec([
    ...['curl', '--silent', '--max-time', LIMIT_SECONDS, '--write-out', '\n%{http_code}'],
    ...more,
  ]);
  const at = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(at + 1)), body: stdout.slice(0, at) };
}

/** That the registry took a push with the right token, and that everything else was refused. */
export function registryRefuses(evidence: Evidence): Finding[] {
  return [
    answeredWith(evidence, 'right', "a client of the suite's own pushes with a token for just that", [202]),
    ...(Object.keys(REFUSED) as ProbeName[]).map((name) =>
      answeredWith(evidence, name, `${REFUSED[name]}, is refused`, [401, 403]),
    ),
  ];
}

function answeredWith(
  evidence: Evidence,
  name: ProbeName | 'right',
  expected: string,
  wanted: readonly number[],
): Finding {
  const mark = evidence.mark(`${MARK}${name}`);
  const status = Number(/ (\d+)$/.exec(mark?.what ?? '')?.[1] ?? 0);
  const seen = mark ? `it was answered with ${status || 'nothing'}` : 'it was not tried';
  return check(wanted.includes(status), expected, seen, mark);
}

const PROJECT_PROBE = 'project-probe: ';

/** A line of a script that pushes into another project by the job's credentials, and says what came of it; it fails in no case. */
export function projectProbe({ world: { gitlab, registry } }: Pick<Stage, 'world'>): string {
  const { registryAuth } = gitlab;
  if (!registryAuth) throw new Error('There is no registry to be tried: the world declares none.');
  const ask = 'curl -s -k --max-time 10 --proxy "$http_proxy"';
  const url = tokenUrl(registryAuth, `repository:${ELSEWHERE}:pull,push`);
  return [
    `answer=$(${ask} --user "$CI_REGISTRY_USER:$CI_REGISTRY_PASSWORD" '${url}' || true)`,
    `token=$(printf %s "$answer" | sed -n 's/.*"token":"\\([^"]*\\)".*/\\1/p')`,
    `${ask} -o /dev/null -w '${PROJECT_PROBE}%{http_code}\\n' -X POST -H "Authorization: Bearer $token" ${uploadTo(registry.url, ELSEWHERE)} || true`,
  ].join('\n');
}

/** That the registry refused it. */
export function projectIsRefused(evidence: Evidence): Finding {
  const status = traceLines(evidence)
    .find((line) => line.startsWith(PROJECT_PROBE))
    ?.slice(PROJECT_PROBE.length);
  return check(
    status === '401' || status === '403',
    "a push into another project, by the job's own credentials, is refused",
    status === undefined ? 'it was not tried' : `it was answered with ${status === '000' ? 'nothing' : status}`,
    jobEnd(evidence),
  );
}
