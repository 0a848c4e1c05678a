import { describe, expect, it } from 'vitest';
import { PAGE_STEPS } from '../../../harness/diagnosis/host/page.ts';
import { INNER_HAS, SOURCES_ARE_HERE } from '../../../harness/kit/host/jobs.ts';
import scenario from '../../../scenarios/host/page-walkthrough.ts';
import { judged } from '../_judging.ts';
import { Machine } from './_machine.ts';

const BRIDGE = '2: docker0    inet 172.17.0.1/16 brd 172.17.255.255 scope global docker0';
const ENVIRONMENT = 'Environment=HTTP_PROXY=http://172.17.0.1:3128/ HTTPS_PROXY=http://172.17.0.1:3128/';

const PROCESS = 'PATH=/bin\nHTTP_PROXY=http://172.17.0.1:3128/\nHTTPS_PROXY=http://172.17.0.1:3128/\n';

type Part = (machine: Machine) => Machine;

/** What systemctl shows of a service, and what its process was started with. */
const runsWith = (machine: Machine, service: string, environment: string): Machine =>
  machine
    .collects('systemctl-show.txt', `Id=${service}.service\n${ENVIRONMENT}\n\n`)
    .collects(`environment-of-${service}.txt`, environment);

const rightProcesses = (m: Machine): Machine => runsWith(runsWith(m, 'docker', PROCESS), 'gitlab-runner', PROCESS);

const PARENTS = ['proxy.test:3129', 'standby.test:3129'];

/** What was collected of listeners, and of cntlm. */
const files = (machine: Machine, listening = ['172.17.0.1:3128'], parents: readonly string[] = PARENTS): Machine =>
  machine
    .collects(
      'listening.txt',
      [
        'State  Recv-Q Send-Q Local Address:Port Peer Address:Port',
        ...['127.0.0.11:34567', '127.0.0.53%lo:53', ...listening].map((each) => `LISTEN 0 128 ${each} 0.0.0.0:*`),
      ].join('\n'),
    )
    .collects('etc/cntlm.conf', ['Username u', ...parents.map((each) => `Proxy ${each}`), ''].join('\n'));

/** A walk as it should be: what happens at each moment, which a test may tell otherwise. */
const RIGHT = {
  start: (m) => m.tries('start', 'gateway', false).tries('start', 'pull', false).pollsDirectly(),
  cntlm: (m) => m.tries('cntlm', 'gateway', true).tries('cntlm', 'pull', false).pollsDirectly(),
  docker: (m) => m.mark('shown:docker', ENVIRONMENT).tries('docker', 'gateway', true).tries('docker', 'pull', true),
  runner: (m) =>
    m
      .mark('shown:gitlab-runner', ENVIRONMENT)
      .tries('runner', 'gateway', true)
      .passes('job', { status: 204 })
      .handsOut()
      .goesAround('GET /group/project.git/info/refs?service=git-upload-pack HTTP/1.1')
      .finishes('failed', 'fatal: unable to access'),
  containers: (m) =>
    m
      .tries('containers', 'gateway', true)
      .tries('containers', 'create', false)
      .handsOut(4002)
      .passes('git')
      .finishes('failed', `${SOURCES_ARE_HERE}\nerror during connect: Service Unavailable\n`, 4002)
      .handsOut(4004)
      .passes('git')
      .finishes('success', `${SOURCES_ARE_HERE}\n`, 4004),
  dind: (m) =>
    m
      .tries('dind', 'gateway', true)
      .tries('dind', 'create', true)
      .handsOut(4003)
      .passes('git')
      .takesImage()
      .finishes('success', `${SOURCES_ARE_HERE}\n${INNER_HAS}[HTTP_PROXY=http://172.17.0.1:3128]\n`, 4003),
  limit: (m) => limit(m, 3_000),
  end: (m) => files(rightProcesses(m)),
} as const satisfies Record<string, Part>;

/** A request that is limited for 3 s, and comes again. */
function limit(machine: Machine, againAfterMs: number): Machine {
  machine.mark('limited').passes('job', { status: 429 });
  const { evidence } = machine;
  const [exchange] = evidence.gitlab('job').at(-1)?.evidence ?? [];
  const event = evidence.events.find(({ seq }) => seq === exchange);
  machine.add('gitlab', {
    kind: 'response',
    exchange: event && 'exchange' in event ? (event.exchange ?? '') : '',
    status: 429,
    reason: '',
    headers: [],
    madeBy: 'self',
    planned: { occurrence: 1, resetAt: 3_000 },
  });
  return machine.at(againAfterMs).passes('job', { status: 204 });
}

function walk(differs: Partial<Record<keyof typeof RIGHT, Part>> = {}): Machine {
  const parts = { ...RIGHT, ...differs };
  const machine = new Machine().add('harness', { kind: 'log', stream: 'stdout', line: BRIDGE });
  parts.start(machine.mark('at:start'));
  for (const step of PAGE_STEPS) parts[step](machine.mark(`begins:${step}`).mark(`done:${step}`).mark(`at:${step}`));
  return parts.end(parts.limit(machine));
}

it('passes a walk as the page has it', () => {
  expect(judged(scenario, walk()).outcome).toBe('pass');
});

describe('fails', () => {
  it.each<[string, Partial<Record<keyof typeof RIGHT, Part>>, string]>([
    [
      'what is possible too early',
      { cntlm: (m) => m.tries('cntlm', 'gateway', true).tries('cntlm', 'pull', true).pollsDirectly() },
      'after “Configuring CNTLM” it is not yet possible for Docker to pull an image',
    ],
    [
      'what is not possible',
      {
        docker: (m) =>
          m.mark('shown:docker', ENVIRONMENT).tries('docker', 'gateway', true).tries('docker', 'pull', false),
      },
      'after “Configuring Docker for downloading images” it is possible for Docker to pull an image',
    ],
    [
      'another listener that other machines reach',
      { end: (m) => files(rightProcesses(m), ['172.17.0.1:3128', '0.0.0.0:8080']) },
      'Observed: these do: 172.17.0.1:3128, 0.0.0.0:8080',
    ],
    [
      'a machine on which nothing listens',
      { end: (m) => files(rightProcesses(m), []) },
      'nothing but 172.17.0.1:3128 listens. Observed: nothing listens',
    ],
    [
      'one parent alone',
      { end: (m) => files(rightProcesses(m), undefined, ['proxy.test:3129', 'proxy.test:3129']) },
      'cntlm.conf names two parents, so that one may fail',
    ],
    [
      'what came to no trial',
      { containers: (m) => m.tries('containers', 'gateway', true).passes('job') },
      'it is possible for a job to get its sources. Observed: it came to no trial',
    ],
    [
      'a runner that still goes around the proxy',
      { containers: (m) => RIGHT.containers(m).pollsDirectly() },
      'Observed: 2 job requests arrived at GitLab from the proxy, and the runner asked gitlab.test:41000 for a job directly',
    ],
    [
      'sources that were got without the proxy',
      {
        containers: (m) =>
          m
            .tries('containers', 'gateway', true)
            .handsOut(4002)
            .reachesGitlab('git', { via: 'direct' })
            .finishes('failed', SOURCES_ARE_HERE, 4002),
      },
      'it is possible for a job to get its sources',
    ],
    [
      'an image that was pushed around the proxy',
      {
        dind: (m) =>
          m
            .tries('dind', 'gateway', true)
            .handsOut(4003)
            .passes('git')
            .takesImage('direct')
            .finishes('success', SOURCES_ARE_HERE, 4003),
      },
      'it is possible for a job to build an image in a dind service and push it',
    ],
    [
      'another line than the page has',
      {
        runner: (m) => RIGHT.runner(m.mark('shown:gitlab-runner', 'Environment=')),
      },
      'systemctl show --property=Environment gitlab-runner prints Environment=HTTP_PROXY=http://172.17.0.1:3128/',
    ],
    [
      'a hook that is not there',
      {
        containers: (m) =>
          m
            .tries('containers', 'gateway', true)
            .tries('containers', 'create', false)
            .handsOut(4002)
            .passes('git')
            .finishes('failed', SOURCES_ARE_HERE, 4002)
            .handsOut(4004)
            .goesAround('GET /group/project.git/info/refs?service=git-upload-pack HTTP/1.1')
            .finishes('failed', 'fatal: unable to access', 4004),
      },
      "for git to take its proxy from the hook alone. Observed: the helper's git asked gitlab.test:41000 directly, which leads nowhere: the hook of config.toml did not give git its proxy",
    ],
    [
      'a config.json that has no effect on the machine',
      { dind: (m) => RIGHT.dind(m.tries('dind', 'create', false)) },
      "it is possible for the machine's docker CLI to give a container the proxy",
    ],
    [
      'a pre_build_script that has no effect',
      {
        dind: (m) =>
          m
            .tries('dind', 'gateway', true)
            .tries('dind', 'create', true)
            .handsOut(4003)
            .passes('git')
            .takesImage()
            .finishes('success', `${SOURCES_ARE_HERE}\n${INNER_HAS}[PATH=/bin]\n`, 4003),
      },
      "it is possible for a job's docker CLI to give a container the proxy (config.json by pre_build_script). Observed: its environment is [PATH=/bin]",
    ],
    [
      'a variable that systemctl shows and the process has not',
      {
        end: (m) =>
          runsWith(
            runsWith(m, 'docker', PROCESS),
            'gitlab-runner',
            PROCESS.replace('HTTPS_PROXY=http://172.17.0.1:3128/\n', ''),
          ),
      },
      `gitlab-runner runs with HTTP_PROXY and HTTPS_PROXY as http://172.17.0.1:3128/. Observed: its process has no HTTPS_PROXY, though systemctl show --property=Environment prints ${ENVIRONMENT}`,
    ],
    [
      'a process with another proxy',
      {
        end: (m) =>
          runsWith(
            runsWith(m, 'gitlab-runner', PROCESS),
            'docker',
            PROCESS.replace('HTTP_PROXY=http://172', 'HTTP_PROXY=http://10'),
          ),
      },
      'Observed: its process has HTTP_PROXY=http://10.17.0.1:3128/, though systemctl show',
    ],
    [
      'what goes around the proxy in the end',
      { limit: (m) => limit(m.goesAround('GET /v2/ HTTP/1.1'), 3_000) },
      'once the page is done nothing goes around the proxy',
    ],
    [
      'a limit that is not waited out',
      { limit: (m) => limit(m, 2_000) },
      'Observed: it came again -1.00 s after that time',
    ],
    ['a limit that nobody met', { limit: (m) => m.mark('limited') }, 'Observed: no request was limited'],
  ])('%s', (_, differs, reason) => {
    const { outcome, reason: said } = judged(scenario, walk(differs));
    expect(outcome).toBe('fail');
    expect(said).toContain(reason);
  });
});
