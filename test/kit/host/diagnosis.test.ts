import { expect, it } from 'vitest';
import { PAGE_PATHS } from '../../../harness/diagnosis/host/paths.ts';
import { diagnoseHost } from '../../../harness/kit/host/diagnosis.ts';
import { INNER_HAS } from '../../../harness/kit/host/jobs.ts';
import { DIND_NO_PROXY } from '../../../harness/recipes/dind-no-proxy.ts';
import {
  cntlmConf,
  configToml,
  DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  dropIn,
  GET_SOURCES_HOOK,
  jobEnvironment,
  proxyVariables,
} from '../../../harness/recipes/index.ts';
import mistake from '../../../scenarios/host/mistake.ts';
import reboot from '../../../scenarios/host/reboot.ts';
import stepLeftOut from '../../../scenarios/host/step-left-out.ts';
import { judged } from '../../scenarios/_judging.ts';
import { Machine } from '../../scenarios/host/_machine.ts';

const URL = 'http://172.17.0.1:3128/';
const DROP_IN = dropIn(proxyVariables({ url: URL }));
const ENVIRONMENT = `HTTP_PROXY=${URL}\nHTTPS_PROXY=${URL}\n`;
const CNTLM = cntlmConf({
  username: 'testuser',
  domain: 'corp-uk',
  password: 'secret',
  proxies: ['proxy.test:8080'],
  listen: '172.17.0.1:3128',
});

const configFile = (
  environment?: readonly string[],
  { hook = true, preBuildScript = false }: { readonly hook?: boolean; readonly preBuildScript?: boolean } = {},
): string =>
  configToml({
    concurrent: 1,
    checkInterval: 1,
    runner: {
      name: 'host',
      url: 'http://gitlab.test',
      token: 't',
      docker: { host: 'unix:///var/run/docker.sock', image: 'job', helperImage: 'helper' },
      ...(environment ? { environment } : {}),
      ...(environment && hook ? { getSourcesHook: { name: 'pre_clone_script', script: GET_SOURCES_HOOK } } : {}),
      ...(preBuildScript ? { preBuildScript: DOCKER_CONFIG_PRE_BUILD_SCRIPT } : {}),
    },
  });

/** A machine on which the page was followed, as an examination finds it. */
const RIGHT: Readonly<Record<string, string | undefined>> = {
  [`cat ${PAGE_PATHS.cntlm}`]: CNTLM,
  [`cat ${PAGE_PATHS.docker}`]: DROP_IN,
  [`cat ${PAGE_PATHS.runner}`]: DROP_IN,
  [`cat ${PAGE_PATHS.config}`]: configFile(jobEnvironment('http://172.17.0.1:3128')),
  'ip -4 -oneline addr show dev docker0': '2: docker0    inet 172.17.0.1/16 brd 172.17.255.255 scope global docker0\n',
  'ss -ltnH': 'LISTEN 0 5 172.17.0.1:3128 0.0.0.0:*\n',
  ...Object.fromEntries(
    ['docker', 'gitlab-runner'].flatMap((service) => [
      [`systemctl show --property=Environment ${service}`, `Environment=HTTP_PROXY=${URL} HTTPS_PROXY=${URL}\n`],
      [`tr '\\0' '\\n' </proc/$(systemctl show --property=MainPID --value ${service})/environ`, ENVIRONMENT],
    ]),
  ),
};

function examined(machine: Machine, differs: Readonly<Record<string, string | undefined>> = {}): Machine {
  for (const [command, text] of Object.entries({ ...RIGHT, ...differs })) {
    if (text !== undefined) machine.prints(command, text);
  }
  return machine;
}

/** What is tried out until it fails: cntlm, Docker, the runner, a job. */
const trial = (): Machine => new Machine().mark('trial');
const reachesCntlm = (): Machine => trial().tries('trial', 'gateway', true);
const pulls = (): Machine => reachesCntlm().tries('trial', 'pull', true);
const polls = (kind = 'clone'): Machine => pulls().passes('job', { status: 204 }).mark('trial:job', kind).handsOut();
const pushes = (trace: string): Machine => polls('push').finishes('success', trace);

it('finds nothing where all works', () => {
  expect(diagnoseHost(examined(polls().finishes('success')).evidence)).toBeUndefined();
  expect(judged(reboot, examined(polls('push').finishes('success').mark('rebooted'))).outcome).toBe('pass');
  const control = judged(mistake, examined(polls().finishes('success')), { mistake: 'no-restart' });
  expect(control.outcome).toBe('warn');
  expect(control.reason).toContain('Observed: everything works');
});

const stale = {
  [`tr '\\0' '\\n' </proc/$(systemctl show --property=MainPID --value gitlab-runner)/environ`]: 'LANG=C\n',
};

it.each<[string, Machine, Readonly<Record<string, string | undefined>>]>([
  [
    'wrong-docker0-address',
    trial().tries('trial', 'gateway', false),
    { [`cat ${PAGE_PATHS.cntlm}`]: CNTLM.replace('172.17', '172.18'), 'ss -ltnH': '' },
  ],
  [
    'section-typo',
    reachesCntlm().tries('trial', 'pull', false),
    { [`cat ${PAGE_PATHS.docker}`]: DROP_IN.replace('Service', 'Servce') },
  ],
  [
    'https-scheme',
    reachesCntlm().tries('trial', 'pull', false),
    { [`cat ${PAGE_PATHS.docker}`]: DROP_IN.replaceAll('http://', 'https://') },
  ],
  ['missing-port', pulls(), { [`cat ${PAGE_PATHS.runner}`]: DROP_IN.replaceAll(':3128', '') }],
  ['no-restart', pulls().pollsDirectly(), stale],
  [
    'later-drop-in',
    pulls().pollsDirectly(),
    { ...stale, 'systemctl show --property=UnsetEnvironment --value gitlab-runner': 'HTTP_PROXY\n' },
  ],
  ['cntlm-not-restarted', trial().tries('trial', 'gateway', false), { 'ss -ltnH': '' }],
  [
    'docker-not-restarted',
    reachesCntlm().tries('trial', 'pull', false),
    { [`tr '\\0' '\\n' </proc/$(systemctl show --property=MainPID --value docker)/environ`]: 'LANG=C\n' },
  ],
  [
    'runner-without-daemon-reload',
    pulls().pollsDirectly(),
    { 'systemctl show --property=Environment gitlab-runner': 'Environment=\n' },
  ],
  [
    'no-hook',
    polls().finishes('success').handsOut(4002).finishes('failed', 'fatal: unable to access', 4002),
    { [`cat ${PAGE_PATHS.config}`]: configFile(jobEnvironment('http://172.17.0.1:3128'), { hook: false }) },
  ],
  [
    'no-pre-build-script',
    pushes(`${INNER_HAS}[PATH=/bin]\n`).tries('trial', 'create', true),
    {
      [`cat ${PAGE_PATHS.config}`]: configFile(jobEnvironment('http://172.17.0.1:3128', DIND_NO_PROXY)),
      [`cat ${PAGE_PATHS.dockerConfig}`]: '{}',
    },
  ],
  [
    'no-config-json',
    pushes(`${INNER_HAS}[HTTP_PROXY=http://172.17.0.1:3128]\n`).tries('trial', 'create', false),
    {
      [`cat ${PAGE_PATHS.config}`]: configFile(jobEnvironment('http://172.17.0.1:3128', DIND_NO_PROXY), {
        preBuildScript: true,
      }),
    },
  ],
  [
    'upper-case-only',
    polls()
      .goesAround('GET /x.git/info/refs HTTP/1.1', [['User-Agent', 'curl/7.88']])
      .finishes('failed'),
    {
      [`cat ${PAGE_PATHS.config}`]: configFile(['HTTP_PROXY=172.17.0.1:3128', 'HTTPS_PROXY=172.17.0.1:3128']),
    },
  ],
  [
    'lower-case-only',
    polls().finishes('failed'),
    {
      [`cat ${PAGE_PATHS.config}`]: configFile([
        'http_proxy=http://172.17.0.1:3128',
        'https_proxy=http://172.17.0.1:3128',
      ]),
    },
  ],
])('names the mistake %s', (name, machine, differs) => {
  expect(judged(mistake, examined(machine, differs), { mistake: name })).toEqual({
    outcome: 'pass',
    reason: expect.any(String),
  });
});

it.each<[string, Machine, Readonly<Record<string, string | undefined>>]>([
  ['cntlm', trial().tries('trial', 'gateway', false), { [`cat ${PAGE_PATHS.cntlm}`]: 'Listen 3128\n', 'ss -ltnH': '' }],
  ['docker', reachesCntlm().tries('trial', 'pull', false), { [`cat ${PAGE_PATHS.docker}`]: undefined }],
  ['runner', pulls().pollsDirectly(), { [`cat ${PAGE_PATHS.runner}`]: undefined }],
  [
    'containers',
    polls().goesAround('GET /x.git/info/refs HTTP/1.1').finishes('failed'),
    { [`cat ${PAGE_PATHS.config}`]: configFile() },
  ],
  ['dind', polls('push').asksProxy({ target: 'http://docker:2375/_ping', status: 502 }).finishes('failed'), {}],
])('names the step %s that was left out', (step, machine, differs) => {
  expect(judged(stepLeftOut, examined(machine, differs), { step })).toEqual({
    outcome: 'pass',
    reason: expect.any(String),
  });
});

it('says why cntlm is gone after a reboot', () => {
  const machine = examined(trial().mark('rebooted').tries('trial', 'gateway', false), { 'ss -ltnH': '' });
  expect(judged(reboot, machine)).toEqual({
    outcome: 'warn',
    reason: expect.stringContaining('it started before Docker had made docker0'),
  });
});

it('tells an address that is not docker0 in a drop-in', () => {
  const machine = examined(reachesCntlm().tries('trial', 'pull', false), {
    [`cat ${PAGE_PATHS.docker}`]: DROP_IN.replaceAll('172.17.0.1', '172.18.0.1'),
  });
  expect(diagnoseHost(machine.evidence)?.says).toContain(
    'HTTP_PROXY names 172.18.0.1, but docker0, where cntlm listens, is 172.17.0.1',
  );
});

it('does not take a password that the record hides for one that is not ASCII', () => {
  const machine = examined(trial().tries('trial', 'gateway', false), {
    [`cat ${PAGE_PATHS.cntlm}`]: CNTLM.replace('secret', '«proxy-password»'),
    'ss -ltnH': '',
  });
  expect(diagnoseHost(machine.evidence)?.says).toContain('nobody listens on 172.17.0.1:3128');
});
