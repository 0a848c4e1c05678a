import { check, type Finding, type Stage } from '../../conformance/authoring.ts';
import type { RunningContainer } from '../../containers/handle.ts';
import { Evidence } from '../../ledger/index.ts';

/** A repository that nobody but the probe asks for, and another one. */
const PROBED = 'group/probed';
const OTHER = 'group/other';
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
  const askToken = (scope: string, secret = password): Promise<Answer> => {
    const query = new URLSearchParams({ service: registryAuth.service, scope });
    return ask('--user', `${user}:${secret}`, `${registryAuth.realm}?${query}`);
  };
  const push = async (scope: string): Promise<number> => {
    const { token = '' } = JSON.parse((await askToken(scope)).body || '{}') as { readonly token?: string };
    const upload = `${registry.url}/v2/${PROBED}/blobs/uploads/`;
    return (await ask('--request', 'POST', '--header', `Authorization: Bearer ${token}`, upload)).status;
  };
  const mark = (name: ProbeName | 'right', status: number): void =>
    world.mark(`${MARK}${name}`, `it was answered with ${status}`);
  mark('right', await push(`repository:${PROBED}:pull,push`));
  mark('wrong-password', (await askToken(`repository:${PROBED}:pull,push`, password.slice(0, -1))).status);
  mark('other-repository', await push(`repository:${OTHER}:pull,push`));
  mark('other-action', await push(`repository:${PROBED}:pull`));
  world.mark(REGISTRY_PROBED, 'everything was tried that the registry must refuse');
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
