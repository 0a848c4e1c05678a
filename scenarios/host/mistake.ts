import {
  namesCause,
  prepareHost,
  type Stage,
  scenario,
  siteNeeds,
  siteWorld,
  tryHost,
} from '../../harness/kit/index.ts';
import { MISTAKE_NAMES, MISTAKES, type Mistake, type MistakeName } from './_mistakes.ts';

const isName = (name: string | undefined): name is MistakeName => MISTAKE_NAMES.some((each) => each === name);

function mistakeOf(name: string | undefined): Mistake {
  if (isName(name)) return MISTAKES[name];
  throw new RangeError(`There is no mistake ${name}. There are ${MISTAKE_NAMES.join(', ')}.`);
}

const list = MISTAKE_NAMES.map((name) => `${name}: ${MISTAKES[name].says}`).join('; ');

export default scenario({
  id: 'host/mistake',
  asks: 'Does what fails after a classic mistake tell in which step of the page it was made?',
  explains: `On the machine of host/page-walkthrough the page is followed, up to jobs that clone, with one mistake (${list}). Then it is tried out, in the page's order, what should have become possible, until something fails; the page's files, what systemctl shows and what the services were started with are looked at. The finding must name the step, and speak of the mistake.`,
  axes: { mistake: { values: MISTAKE_NAMES } },
  ...siteNeeds,
  work: 8_000,
  world: siteWorld,
  act: (stage) => follow(stage, mistakeOf(stage.axes['mistake'])),
  judge: (evidence, { axes }) => {
    const { step, cause } = mistakeOf(axes['mistake']);
    return namesCause(evidence, step, cause);
  },
  mutants: [],
  control: { without: 'the mistake', act: (stage) => follow(stage) },
});

async function follow(stage: Stage, mistake?: Mistake): Promise<void> {
  const { host, bridge } = await prepareHost(stage, {
    steps: ['cntlm', 'docker', 'runner', 'containers'],
    change: (plan, at) => (plan.step === mistake?.step ? mistake.change(plan, stage, at) : plan),
  });
  await using _ = host;
  await tryHost(stage, host, bridge, 'clone');
}
