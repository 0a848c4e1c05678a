import {
  CNTLM_PORT,
  check,
  duration,
  type Evidence,
  type Finding,
  HOST_ABILITIES,
  type HostAbility,
  isDue,
  LIMITED_MARK,
  laterDropIn,
  listeningAddresses,
  MADE_POSSIBLE_BY,
  machineOf,
  PAGE_HEADINGS,
  PAGE_PATHS,
  PAGE_STEPS,
  parentsOf,
  type Sight,
  type StepPlan,
  scenario,
  serviceEnvironment,
  sights,
  siteNeeds,
  siteWorld,
  stepDone,
  WALK_MOMENTS,
  type WalkMoment,
  walkPage,
} from '../../harness/kit/index.ts';

/** Marks that the last step of the page is done. */
const PAGE_DONE = stepDone(PAGE_STEPS.at(-1) ?? 'dind');

const HOOK = /^\s*pre_(clone|get_sources)_script\b/;

/** A drop-in that is read after the page's. */
const LATER_DROP_IN = laterDropIn('HTTPS_PROXY');

/** A plan whose file is changed. */
const withChanged = (plan: StepPlan, path: string, change: (text: string) => string): StepPlan => ({
  ...plan,
  files: plan.files.map((file) => (file.path === path ? { path, content: change(file.content) } : file)),
});

/** A plan whose file lacks a line. */
const withoutLine = (plan: StepPlan, path: string, line: RegExp): StepPlan =>
  withChanged(plan, path, (text) =>
    text
      .split('\n')
      .filter((each) => !line.test(each))
      .join('\n'),
  );

export default scenario({
  id: 'host/page-walkthrough',
  asks: 'Does following the page step by step, on one machine, lead from nothing works to a job that builds and pushes?',
  explains:
    "A machine that boots systemd has Docker, cntlm and the runner as services, and no way out but two NTLM proxies. The page's steps are done in its order: cntlm on docker0's address, the drop-in of docker.service, that of gitlab-runner.service, `environment` and hook in config.toml, NO_PROXY and config.json for dind. Before the first and after each it is tried out whether GitLab can be asked through cntlm, whether Docker pulls an image, whether the runner asks for jobs, whether a job gets its sources, and whether one builds and pushes an image by a dind service: each must have become possible by its step, and not before. A job whose variables hide http_proxy from git, which for an http URL reads nothing else, must get its sources by the hook alone; containers that the docker CLI makes on the machine and in a job must have the proxy by config.json. `systemctl show --property=Environment` must print the page's line for both services, and their processes must run with it (/proc/PID/environ). Nothing but cntlm may listen for others than the machine itself, at docker0's address and the page's port alone, and cntlm.conf must name both parents. In the end GitLab limits a request for a job, which must come again at the stated time.",
  ...siteNeeds,
  work: 45_000,
  world: siteWorld,
  allows: () => ({ direct: [{ what: /^/, why: 'no step of the page is done at first', until: PAGE_DONE }] }),
  act: (stage) => walkPage(stage),
  judge: (evidence) => judgeWalk(evidence),
  mutants: ['never-uses-proxy', 'docker-omits-helper', 'docker-omits-services'],
  peerMutants: [
    {
      name: 'hook-left-out',
      says: "config.toml has the page's environment, and not its hook.",
      finding:
        /possible for git to take its proxy from the hook alone\. Observed: .* the hook of config\.toml did not give git its proxy/,
      act: (stage) => walkPage(stage, (plan) => withoutLine(plan, PAGE_PATHS.config, HOOK)),
    },
    {
      name: 'pre-build-script-left-out',
      says: 'config.toml has no pre_build_script.',
      finding: /for a job's docker CLI to give a container the proxy .*\. Observed: its environment is \[/,
      act: (stage) => walkPage(stage, (plan) => withoutLine(plan, PAGE_PATHS.config, /^\s*pre_build_script\b/)),
    },
    {
      name: 'docker-config-left-out',
      says: 'Root has no config.json.',
      finding: /for the machine's docker CLI to give a container the proxy .*\. Observed: .*It fails/,
      act: (stage) =>
        walkPage(stage, (plan) => ({
          ...plan,
          files: plan.files.filter(({ path }) => path !== PAGE_PATHS.dockerConfig),
        })),
    },
    {
      name: 'later-drop-in-unsets-variable',
      says: 'Another drop-in of gitlab-runner.service takes HTTPS_PROXY away, and systemctl show still prints it.',
      finding:
        /gitlab-runner runs with .*\. Observed: its process has no HTTPS_PROXY, though systemctl show --property=Environment prints Environment=HTTP_PROXY=/,
      act: (stage) =>
        walkPage(stage, (plan) => (plan.step === 'runner' ? { ...plan, files: [...plan.files, LATER_DROP_IN] } : plan)),
    },
    {
      name: 'cntlm-listens-elsewhere-too',
      says: 'cntlm of the machine listens on every address besides, on another port.',
      finding: /nothing but 172\.\S+:3128 listens\. Observed: these do: .*0\.0\.0\.0:8080/,
      act: (stage) =>
        walkPage(stage, (plan) =>
          withChanged(plan, PAGE_PATHS.cntlm, (text) => `${text}Gateway yes\nListen 0.0.0.0:8080\n`),
        ),
    },
    {
      name: 'cntlm-has-one-parent',
      says: 'cntlm.conf of the machine names one parent alone.',
      finding: /cntlm\.conf names two parents, so that one may fail\. Observed: it names \S+$/,
      act: (stage) =>
        walkPage(stage, (plan) =>
          withChanged(plan, PAGE_PATHS.cntlm, (text) => text.replace(/^(Proxy .*\n)Proxy .*\n/m, '$1')),
        ),
    },
  ],
  control: {
    without: 'the account at the parents, which lets nobody in',
    act: async (stage) => {
      await Promise.all([stage.world.proxy, stage.world.standby].map((each) => each.setCredentials(undefined)));
      await walkPage(stage);
    },
  },
});

/** What was collected on the machine in the end. */
type Machine = ReturnType<typeof machineOf>;

/** What an ability is, as a sentence has it after “it is possible”. */
const WORDS: Readonly<Record<HostAbility, string>> = {
  gateway: 'to reach GitLab through cntlm without credentials',
  pull: 'for Docker to pull an image',
  poll: 'for the runner to ask for jobs',
  clone: 'for a job to get its sources',
  hook: 'for git to take its proxy from the hook alone',
  push: 'for a job to build an image in a dind service and push it',
  create: "for the machine's docker CLI to give a container the proxy (/root/.docker/config.json)",
  inner: "for a job's docker CLI to give a container the proxy (config.json by pre_build_script)",
};

const when = (moment: WalkMoment): string =>
  moment === 'start' ? 'before the page' : `after “${PAGE_HEADINGS[moment]}”`;

/** What a walk has shown; what comes after a moment at which something is wrong rests on it, and is not judged. */
function judgeWalk(evidence: Evidence): readonly Finding[] {
  const findings: Finding[] = [];
  for (const moment of WALK_MOMENTS) {
    findings.push(...judgeMoment(evidence, moment));
    if (findings.some(({ verdict }) => verdict === 'fails')) return findings;
  }
  const machine = machineOf(evidence);
  return [
    ...findings,
    ...(['docker', 'gitlab-runner'] as const).flatMap((service) => [
      judgeShown(evidence, service),
      judgeProcess(evidence, machine, service),
    ]),
    cntlmAloneListens(evidence, machine),
    bothParentsAreNamed(evidence, machine),
    nothingDirectAtTheEnd(evidence),
    limitIsWaitedOut(evidence),
  ];
}

/** One finding for a moment at which all is as the page has it, else one for each ability that is not. */
function judgeMoment(evidence: Evidence, moment: WalkMoment): readonly Finding[] {
  const seen = sights(evidence, moment);
  const wanted = HOST_ABILITIES.filter((each) => MADE_POSSIBLE_BY[each] === moment);
  const unseen = wanted.filter((each) => !seen.some(({ ability }) => ability === each));
  const findings = seen.map((sight) => judgeSight(sight, moment));
  const failures = [
    ...findings.filter(({ verdict }) => verdict === 'fails'),
    ...unseen.map((each) => check(false, expected(each, true, moment), 'it came to no trial')),
  ];
  if (failures.length > 0) return failures;
  return [
    {
      verdict: 'holds',
      expected: findings.map((each) => each.expected).join('; '),
      observed: `${when(moment)}: ${findings.map((each) => each.observed).join('; ')}`,
      evidence: findings.flatMap((each) => each.evidence),
    },
  ];
}

const judgeSight = ({ ability, possible, says, witnesses }: Sight, moment: WalkMoment): Finding => {
  const due = isDue(ability, moment);
  return check(possible === due, expected(ability, due, moment), says, ...witnesses);
};

const expected = (ability: HostAbility, due: boolean, moment: WalkMoment): string =>
  `${when(moment)} it is ${due ? '' : 'not yet '}possible ${WORDS[ability]}`;

/** The page's URL for cntlm. */
function cntlmOf(evidence: Evidence): string {
  const address = evidence
    .of('log')
    .flatMap(({ line }) => /\binet (\d+\.\d+\.\d+\.\d+)\/\d+ .*docker0/.exec(line)?.[1] ?? [])[0];
  return `http://${address ?? 'docker0_interface_ip'}:${CNTLM_PORT}/`;
}

/** What counts is what the process has: a later file of its unit may take away what systemctl shows. */
function judgeProcess(evidence: Evidence, machine: Machine, service: 'docker' | 'gitlab-runner'): Finding {
  const url = cntlmOf(evidence);
  const { running, shown } = serviceEnvironment(machine, service);
  const other = (['HTTP_PROXY', 'HTTPS_PROXY'] as const).filter((name) => running.get(name) !== url);
  const [first] = other;
  const prints = shown.includes(`${first}=`)
    ? `, though systemctl show --property=Environment prints ${shown.trim()}`
    : '';
  const seen = first
    ? `its process has ${running.has(first) ? `${first}=${running.get(first)}` : `no ${first}`}${prints}`
    : 'its process has both';
  return check(
    first === undefined,
    `${service} runs with HTTP_PROXY and HTTPS_PROXY as ${url}`,
    seen,
    fileMark(evidence, `environment-of-${service}.txt`),
  );
}

/** The page's own line: “You should see”. */
function judgeShown(evidence: Evidence, service: 'docker' | 'gitlab-runner'): Finding {
  const shown = evidence.mark(`shown:${service}`);
  const url = cntlmOf(evidence);
  const wanted = `Environment=HTTP_PROXY=${url} HTTPS_PROXY=${url}`;
  const command = `systemctl show --property=Environment ${service}`;
  return check(shown?.what === wanted, `${command} prints ${wanted}`, `it prints ${shown?.what ?? 'nothing'}`, shown);
}

/** The mark of a file that was collected. */
const fileMark = (evidence: Evidence, file: string) =>
  evidence.of('act').find(({ mark }) => mark?.startsWith('collected:') && mark.endsWith(file));

function cntlmAloneListens(evidence: Evidence, machine: Machine): Finding {
  const listening = listeningAddresses(machine);
  const wanted = new URL(cntlmOf(evidence)).host;
  return check(
    listening.length === 1 && listening[0] === wanted,
    `of what other machines could reach, nothing but ${wanted} listens`,
    listening.length === 0 ? 'nothing listens' : `these do: ${listening.join(', ')}`,
    fileMark(evidence, 'listening.txt'),
  );
}

function bothParentsAreNamed(evidence: Evidence, machine: Machine): Finding {
  const parents = parentsOf(machine);
  return check(
    new Set(parents).size === 2,
    'cntlm.conf names two parents, so that one may fail',
    `it names ${parents.length === 0 ? 'none' : parents.join(', ')}`,
    fileMark(evidence, 'cntlm.conf'),
  );
}

function nothingDirectAtTheEnd(evidence: Evidence): Finding {
  const since = evidence.mark(PAGE_DONE)?.seq ?? 0;
  const hits = evidence.tripwire().filter(({ seq }) => seq > since);
  const seen = hits[0] ? `${hits[0].to} was asked directly: ${hits[0].detail || hits[0].protocol}` : 'nothing did';
  return check(hits.length === 0, 'once the page is done nothing goes around the proxy', seen, ...hits.slice(0, 3));
}

/** How much later than the stated time the request may come, in milliseconds: as in the family rate-limit. */
const LATE_MS = 2_000;

function limitIsWaitedOut(evidence: Evidence): Finding {
  const since = evidence.mark(LIMITED_MARK)?.seq ?? Number.POSITIVE_INFINITY;
  const polls = evidence.gitlab('job').filter(({ evidence: [seq = 0] }) => seq > since);
  const limited = polls.findIndex(({ planned }) => planned?.resetAt !== undefined);
  const [first, again] = [polls[limited], polls[limited + 1]];
  const wanted = 'a request that GitLab limits comes again when the stated time has passed, and not before';
  if (!first?.planned?.resetAt) return check(false, wanted, 'no request was limited');
  if (!again) return check(false, wanted, 'it never came again', first);
  const late = again.arrived - first.planned.resetAt;
  const seen = `it came again ${duration(late)} after that time`;
  return check(late >= 0 && late <= LATE_MS, wanted, seen, first, again);
}
