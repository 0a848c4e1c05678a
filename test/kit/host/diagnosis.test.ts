import { expect, it } from 'vitest';
import { PAGE_PATHS } from '../../../harness/diagnosis/host/paths.ts';
import { diagnoseHost } from '../../../harness/kit/host/diagnosis.ts';
import {
  type HostConfigOptions,
  hostConfigFile,
  hostEnvironment,
  laterDropIn,
} from '../../../harness/kit/host/files.ts';
import { INNER_HAS } from '../../../harness/kit/host/jobs.ts';
import mistake from '../../../scenarios/host/mistake.ts';
import reboot from '../../../scenarios/host/reboot.ts';
import stepLeftOut from '../../../scenarios/host/step-left-out.ts';
import { BRIDGE, HEALTHY, STAGE } from '../../diagnosis/_host.ts';
import { judged } from '../../scenarios/_judging.ts';
import { Machine } from '../../scenarios/host/_machine.ts';

const { config: CONFIG, cntlm: CNTLM, docker: DOCKER, runner: RUNNER, dockerConfig: DOCKER_CONFIG } = PAGE_PATHS;

/** A machine on which the page was followed, as it is collected; or on which something differs: undefined is not there. */
function examined(machine: Machine, differs: Readonly<Record<string, string | undefined>> = {}): Machine {
  for (const [path, text] of Object.entries({ ...HEALTHY, ...differs })) {
    if (text !== undefined) machine.collects(path, text);
  }
  return machine;
}

/** A file as it is, with something else in it. */
function written(path: string, from: string | RegExp, to: string): Readonly<Record<string, string>> {
  const text = HEALTHY[path] ?? '';
  const changed = text.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to);
  expect(changed).not.toBe(text);
  return { [path]: changed };
}

const config = (options: HostConfigOptions): Readonly<Record<string, string>> => ({
  [CONFIG]: hostConfigFile(STAGE, options).content,
});
const ENVIRONMENT = hostEnvironment(BRIDGE, true);
const SILENT = written('listening.txt', /^.*:3128.*\n/, '');
const STALE = written('environment-of-gitlab-runner.txt', /\n.*PROXY=[^\n]*/, '');

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

it.each<[string, Machine, Readonly<Record<string, string | undefined>>]>([
  [
    'wrong-docker0-address',
    trial().tries('trial', 'gateway', false),
    { ...written(CNTLM, 'Listen       172.17', 'Listen       172.18'), ...SILENT },
  ],
  ['section-typo', reachesCntlm().tries('trial', 'pull', false), written(DOCKER, '[Service]', '[Servce]')],
  ['https-scheme', reachesCntlm().tries('trial', 'pull', false), written(DOCKER, '=http://', '=https://')],
  [
    'no-daemon-reload',
    reachesCntlm().tries('trial', 'pull', false),
    written('environment-of-docker.txt', /\n.*PROXY=[^\n]*/, ''),
  ],
  ['missing-port', pulls(), written(RUNNER, ':3128', '')],
  ['no-restart', pulls().pollsDirectly(), STALE],
  [
    'later-drop-in',
    pulls().pollsDirectly(),
    { ...STALE, [laterDropIn('HTTP_PROXY').path]: laterDropIn('HTTP_PROXY').content },
  ],
  ['cntlm-not-restarted', trial().tries('trial', 'gateway', false), SILENT],
  [
    'docker-not-restarted',
    reachesCntlm().tries('trial', 'pull', false),
    written('environment-of-docker.txt', /\n.*PROXY=[^\n]*/, ''),
  ],
  [
    'runner-without-daemon-reload',
    pulls().pollsDirectly(),
    written('systemctl-show.txt', /Environment=.*\n(?=Id=gitlab-runner)/, 'Environment=\n'),
  ],
  [
    'no-hook',
    polls().finishes('success').handsOut(4002).finishes('failed', 'fatal: unable to access', 4002),
    config({ environment: ENVIRONMENT, hook: false, preBuildScript: true }),
  ],
  [
    'no-pre-build-script',
    pushes(`${INNER_HAS}[PATH=/bin]\n`).tries('trial', 'create', true),
    config({ environment: ENVIRONMENT, hook: true }),
  ],
  [
    'no-config-json',
    pushes(`${INNER_HAS}[HTTP_PROXY=http://172.17.0.1:3128]\n`).tries('trial', 'create', false),
    { [DOCKER_CONFIG]: undefined },
  ],
  [
    'upper-case-only',
    polls()
      .goesAround('GET /x.git/info/refs HTTP/1.1', [['User-Agent', 'curl/7.88']])
      .finishes('failed'),
    config({ environment: ENVIRONMENT.filter((each) => /^[A-Z]/.test(each)), hook: true }),
  ],
  [
    'lower-case-only',
    polls().finishes('failed'),
    config({ environment: ENVIRONMENT.filter((each) => /^[a-z]/.test(each)), hook: true }),
  ],
])('names the mistake %s', (name, machine, differs) => {
  expect(judged(mistake, examined(machine, differs), { mistake: name })).toEqual({
    outcome: 'pass',
    reason: expect.any(String),
  });
});

it.each<[string, Machine, Readonly<Record<string, string | undefined>>]>([
  ['cntlm', trial().tries('trial', 'gateway', false), { ...written(CNTLM, /Listen .*\n/, 'Listen 3128\n'), ...SILENT }],
  ['docker', reachesCntlm().tries('trial', 'pull', false), { [DOCKER]: undefined }],
  ['runner', pulls().pollsDirectly(), { [RUNNER]: undefined }],
  ['containers', polls().goesAround('GET /x.git/info/refs HTTP/1.1').finishes('failed'), config({})],
  [
    'dind',
    polls('push').asksProxy({ target: 'http://docker:2375/_ping', status: 502 }).finishes('failed'),
    config({ environment: hostEnvironment(BRIDGE, false), hook: true }),
  ],
])('names the step %s that was left out', (step, machine, differs) => {
  expect(judged(stepLeftOut, examined(machine, differs), { step })).toEqual({
    outcome: 'pass',
    reason: expect.any(String),
  });
});

it('says why cntlm is gone after a reboot', () => {
  const machine = examined(trial().mark('rebooted').tries('trial', 'gateway', false), {
    ...SILENT,
    'cntlm.log':
      '2026-01-10T08:00:01+0000 ci1 cntlm[412]: Cannot bind port 3128 (172.17.0.1): Cannot assign requested address\n',
  });
  expect(judged(reboot, machine)).toEqual({
    outcome: 'warn',
    reason: expect.stringContaining('does not exist yet when it starts'),
  });
});

it('tells an address that is not docker0 in a drop-in', () => {
  const machine = examined(reachesCntlm().tries('trial', 'pull', false), written(DOCKER, '172.17.0.1', '172.18.0.1'));
  expect(diagnoseHost(machine.evidence)?.says).toContain(
    'HTTP_PROXY names 172.18.0.1:3128, and cntlm listens at 172.17.0.1:3128',
  );
});

it('does not take a password that the record hides for one that is wrong', () => {
  const machine = examined(trial().tries('trial', 'gateway', false), {
    ...written(CNTLM, 'xxxxxx00', '«proxy-password»'),
    ...SILENT,
  });
  expect(diagnoseHost(machine.evidence)?.causes).toEqual(['value/proxy-refuses-connection']);
});
