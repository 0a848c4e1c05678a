import type { Stage } from '../../conformance/authoring.ts';
import type { SystemdHost } from '../../containers/host/index.ts';
import { CNTLM_PORT } from '../../diagnosis/host/paths.ts';
import type { EventOf, Evidence } from '../../ledger/index.ts';
import { HOST_PROJECT, HOST_TOOLS } from './names.ts';

/** What an administrator would try on the machine. */
export type HostProbe = 'gateway' | 'pull' | 'create';

/** How long each may take, in seconds. A pull that cannot be ends at once; one that can takes a busy machine's time. */
const LIMIT_SECONDS: Readonly<Record<HostProbe, number>> = { gateway: 20, pull: 120, create: 20 };

/** What `timeout` of coreutils ends with when it had to. */
const TIMED_OUT = 124;

/** What is tried, as a report says it. */
export const HOST_PROBES: Readonly<Record<HostProbe, string>> = {
  gateway: 'GitLab is asked through cntlm, without credentials',
  pull: 'the image of jobs is pulled',
  create: 'the docker CLI makes a container, whose environment is looked at',
};

/** Tries something out on the machine, and marks what came of it. @param when names the moment */
export async function probeHost(
  { world }: Pick<Stage, 'world'>,
  host: SystemdHost,
  what: HostProbe,
  when: string,
  bridge: string,
): Promise<void> {
  const image = `${world.registry.address}/${HOST_TOOLS.job}`;
  const commands: Readonly<Record<HostProbe, readonly string[]>> = {
    // Nobody gets these without a login, so GitLab's own answer is known by its 401.
    gateway: [
      ...['curl', '-sS', '-o', '/dev/null', '-w', 'status %{http_code}', '--proxy', `http://${bridge}:${CNTLM_PORT}`],
      `${world.gitlabUrl}/${HOST_PROJECT}.git/info/refs?service=git-upload-pack`,
    ],
    pull: ['docker', 'pull', '--quiet', image],
    create: ['sh', '-c', `docker inspect --format '{{.Config.Env}}' "$(docker create ${image})"`],
  };
  const limit = LIMIT_SECONDS[what];
  const mark = `probe:${when}:${what}`;
  const trial = async (): Promise<void> => {
    const { code, stdout, stderr } = await host.run(['timeout', String(limit + 1), ...commands[what]]);
    const said = (stderr || stdout).trim().split('\n').at(-1) ?? '';
    const words = code === TIMED_OUT ? `it was not over after ${limit} s` : said;
    const works = code === 0 && SHOWS[what].test(stdout);
    world.mark(mark, `${works ? YES : NO} ${words}`);
  };
  // The wait is recorded when it comes to nothing: on a busy machine that is no failure of anybody's.
  const over = world.waitFor(`the end of “${commands[what].join(' ')}”`, (seen) => seen.mark(mark), limit * 1000);
  await Promise.all([trial(), over]);
}

/** What stands in the output where it works; an exit code of 0 says no more than that the command ran. */
const SHOWS: Readonly<Record<HostProbe, RegExp>> = {
  gateway: /^status 401$/,
  pull: /^/,
  create: /\bHTTP_PROXY=http/,
};

const YES = 'It works:';
const NO = 'It fails:';

/** What came of a probe; undefined when it was not made. */
export function probeResult(
  evidence: Evidence,
  what: HostProbe,
  when: string,
): { readonly works: boolean; readonly event: EventOf<'act'> } | undefined {
  const event = evidence.mark(`probe:${when}:${what}`);
  return event && { works: event.what.startsWith(YES), event };
}
