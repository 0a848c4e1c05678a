import {
  CNTLM_PORT,
  type HostConfigOptions,
  hostConfigFile,
  hostEnvironment,
  laterDropIn,
  namesCause,
  PAGE_PATHS,
  PAGE_STEPS,
  type PageStep,
  prepareHost,
  type Stage,
  type StepPlan,
  scenario,
  siteNeeds,
  siteWorld,
  tryHost,
} from '../../harness/kit/index.ts';

type In = Pick<Stage, 'world' | 'driver'>;

/** Something that people do wrong with a step. */
interface Mistake {
  readonly step: PageStep;
  /** What is done instead, as half a sentence. */
  readonly says: string;
  /** The id of what must be found. */
  readonly cause: string;
  readonly change: (plan: StepPlan, stage: In, bridge: string) => StepPlan;
}

/** Another text in the step's files. @throws Error when the text that it replaces is not there */
const written =
  (right: string, wrong: string): Mistake['change'] =>
  (plan) => ({
    ...plan,
    files: plan.files.map(({ path, content }) => {
      if (!content.includes(right)) throw new Error(`${path} has no ${right} that could be written as ${wrong}.`);
      return { path, content: content.replaceAll(right, wrong) };
    }),
  });

/** A command that is left out. */
const without =
  (word: string): Mistake['change'] =>
  (plan) => ({ ...plan, commands: plan.commands.filter((command) => !command.includes(word)) });

/** `environment` with some of its variables only. */
const onlyVariables =
  (name: RegExp): Mistake['change'] =>
  (plan, stage, bridge) => ({
    ...plan,
    files: [
      hostConfigFile(stage, {
        environment: hostEnvironment(bridge, false).filter((each) => name.test(each)),
        hook: true,
      }),
    ],
  });

/** config.toml of the step without what is left out. */
const configWithout =
  (left: HostConfigOptions): Mistake['change'] =>
  (plan, stage, bridge) => {
    const dind = plan.step === 'dind';
    const config = hostConfigFile(stage, {
      environment: hostEnvironment(bridge, dind),
      hook: true,
      preBuildScript: dind,
      ...left,
    });
    return { ...plan, files: plan.files.map((each) => (each.path === config.path ? config : each)) };
  };

/** The classic ones. */
const MISTAKES = {
  'wrong-docker0-address': {
    step: 'cntlm',
    says: "cntlm's Listen has another address than docker0's",
    cause: 'value/proxy-refuses-connection',
    change: written('Listen       172.17.0.1', 'Listen       172.18.0.1'),
  },
  'section-typo': {
    step: 'docker',
    says: 'the drop-in says [Servce]',
    cause: 'systemd/wrong-section',
    change: written('[Service]', '[Servce]'),
  },
  'https-scheme': {
    step: 'docker',
    says: 'the drop-in names the plain proxy by https://',
    cause: 'value/https-scheme-for-plain-proxy',
    change: written('=http://', '=https://'),
  },
  'no-daemon-reload': {
    step: 'docker',
    // The runner's step, which comes next, has systemd read all units again, so only the process is left behind.
    says: 'docker is restarted without systemctl daemon-reload',
    cause: 'systemd/not-restarted',
    change: without('daemon-reload'),
  },
  'missing-port': {
    step: 'runner',
    says: 'the drop-in leaves out the port',
    cause: 'value/port-missing',
    change: written(`:${CNTLM_PORT}`, ''),
  },
  'no-restart': {
    step: 'runner',
    says: 'gitlab-runner is not restarted',
    cause: 'systemd/not-restarted',
    change: without('restart'),
  },
  'later-drop-in': {
    step: 'runner',
    says: 'another drop-in of gitlab-runner.service has UnsetEnvironment=HTTP_PROXY',
    cause: 'systemd/overridden-by-later-drop-in',
    change: (plan) => ({ ...plan, files: [...plan.files, laterDropIn('HTTP_PROXY')] }),
  },
  'cntlm-not-restarted': {
    step: 'cntlm',
    says: 'cntlm is not restarted',
    cause: 'value/proxy-refuses-connection',
    change: without('restart'),
  },
  'docker-not-restarted': {
    step: 'docker',
    says: 'docker is not restarted',
    cause: 'systemd/not-restarted',
    change: without('restart'),
  },
  'runner-without-daemon-reload': {
    step: 'runner',
    says: 'gitlab-runner is restarted without systemctl daemon-reload',
    cause: 'systemd/not-reloaded',
    change: without('daemon-reload'),
  },
  'no-hook': {
    step: 'containers',
    says: 'config.toml has `environment` and no hook',
    cause: 'page/no-hook',
    change: configWithout({ hook: false }),
  },
  'no-pre-build-script': {
    step: 'dind',
    says: 'config.toml has no pre_build_script',
    cause: 'page/no-pre-build-script',
    change: configWithout({ preBuildScript: false }),
  },
  'no-config-json': {
    step: 'dind',
    says: 'root has no config.json',
    cause: 'page/file-missing',
    change: (plan) => ({ ...plan, files: plan.files.filter(({ path }) => path !== PAGE_PATHS.dockerConfig) }),
  },
  'upper-case-only': {
    step: 'containers',
    says: '`environment` has the upper-case variables only',
    cause: 'page/no-lower-case',
    change: onlyVariables(/^[A-Z]/),
  },
  'lower-case-only': {
    step: 'containers',
    says: '`environment` has the lower-case variables only',
    cause: 'config-toml/hook-fails-without-variable',
    change: onlyVariables(/^[a-z]/),
  },
} as const satisfies Readonly<Record<string, Mistake>>;

/** The name of one. */
type MistakeName = keyof typeof MISTAKES;
const MISTAKE_NAMES = Object.keys(MISTAKES) as readonly MistakeName[];

const isName = (name: string | undefined): name is MistakeName => MISTAKE_NAMES.some((each) => each === name);

function mistakeOf(name: string | undefined): Mistake {
  if (isName(name)) return MISTAKES[name];
  throw new RangeError(`There is no mistake ${name}. There are ${MISTAKE_NAMES.join(', ')}.`);
}

const list = MISTAKE_NAMES.map((name) => `${name}: ${MISTAKES[name].says}`).join('; ');

export default scenario({
  id: 'host/mistake',
  asks: 'When the page was followed with a classic mistake, does the finding name the step?',
  explains: `On the machine of host/page-walkthrough the page is followed, up to jobs that clone or, where the mistake is in its last step, build and push, with one mistake (${list}). Then it is tried out, in the page's order, what should have become possible, until something fails; what \`proxyproof collect\` gathers on the machine is looked at as \`check\` does. The finding must name the step, and the cause that the mistake is.`,
  axes: { mistake: { values: MISTAKE_NAMES } },
  ...siteNeeds,
  work: 8_000,
  world: siteWorld,
  allows: () => ({
    direct: [{ what: /^/, why: 'a step of the page is missing or wrong, and whoever needed it goes direct' }],
  }),
  act: (stage) => follow(stage, mistakeOf(stage.axes['mistake'])),
  judge: (evidence, { axes }) => {
    const { step, cause } = mistakeOf(axes['mistake']);
    return namesCause(evidence, step, cause);
  },
  mutants: [],
  control: { without: 'the mistake', act: (stage) => follow(stage) },
});

async function follow(stage: Stage, mistake?: Mistake): Promise<void> {
  const dind = mistake?.step === 'dind';
  const { host, bridge } = await prepareHost(stage, {
    steps: dind ? PAGE_STEPS : PAGE_STEPS.filter((each) => each !== 'dind'),
    change: (plan, at) => (plan.step === mistake?.step ? mistake.change(plan, stage, at) : plan),
  });
  await using _ = host;
  await tryHost(stage, host, bridge, dind ? 'push' : 'clone');
}
