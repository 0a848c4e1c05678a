import {
  namesCause,
  PAGE_HEADINGS,
  PAGE_STEPS,
  type PageStep,
  prepareHost,
  type Stage,
  scenario,
  siteNeeds,
  siteWorld,
  tryHost,
} from '../../harness/kit/index.ts';

/** The id of what must be found. */
const CAUSES: Readonly<Record<PageStep, string>> = {
  cntlm: 'cntlm/listens-on-loopback-only',
  docker: 'page/file-missing',
  runner: 'page/file-missing',
  containers: 'page/no-environment',
  dind: 'page/no-dind-host',
};

const stepOf = (name: string | undefined): PageStep => {
  const found = PAGE_STEPS.find((each) => each === name);
  if (found) return found;
  throw new RangeError(`The page has no step ${name}. There are ${PAGE_STEPS.join(', ')}.`);
};

export default scenario({
  id: 'host/step-left-out',
  asks: 'When a step of the page was left out, does the finding name that step?',
  explains: `On the machine of host/page-walkthrough the page is followed but for one step (${PAGE_STEPS.map((each) => `${each}: “${PAGE_HEADINGS[each]}”`).join('; ')}). Then it is tried out, in the page's order, what should have become possible, until something fails; what \`proxyproof collect\` gathers on the machine is looked at as \`check\` does. The finding must name the step, and what is missing.`,
  // First the one whose omission a faulty runner can make up for.
  axes: { step: { values: ['runner', ...PAGE_STEPS.filter((each) => each !== 'runner')] } },
  ...siteNeeds,
  work: 8_000,
  world: siteWorld,
  allows: () => ({
    direct: [{ what: /^/, why: 'a step of the page is missing or wrong, and whoever needed it goes direct' }],
  }),
  act: (stage) => follow(stage, stepOf(stage.axes['step'])),
  judge: (evidence, { axes }) => {
    const step = stepOf(axes['step']);
    return namesCause(evidence, step, CAUSES[step]);
  },
  mutants: ['finds-proxy-in-job-environment'],
  control: { without: 'the omission: every step is done', act: (stage) => follow(stage) },
});

async function follow(stage: Stage, omitted?: PageStep): Promise<void> {
  // What comes after a step that is left out shows nothing more of it.
  const last = omitted === undefined || omitted === 'dind' ? PAGE_STEPS.length : PAGE_STEPS.indexOf('dind');
  const { host, bridge } = await prepareHost(stage, {
    steps: PAGE_STEPS.slice(0, last).filter((each) => each !== omitted),
  });
  await using _ = host;
  await tryHost(stage, host, bridge, last === PAGE_STEPS.length ? 'push' : 'clone');
}
