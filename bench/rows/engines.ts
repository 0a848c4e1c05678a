import { realClock } from '../../harness/clock/index.ts';
import { GENERATIONS, type GenerationName, HOST_CHOICE } from '../../harness/generations/index.ts';
import { countingSink } from '../../harness/ledger/index.ts';
import { createRunContext, createWorld } from '../../harness/world/index.ts';
import { median, spread } from '../measure/statistics.ts';
import type { Row, Setting } from '../row.ts';

const MOST_MS = 1000;
/** Docker 26 alone takes longer. */
const MOST_OF: Readonly<Partial<Record<GenerationName, number>>> = { trixie: 2500 };
const ENGINES = 9;

export const engines: Row = {
  name: 'engines',
  what: "a case's Docker engine, with all images, from the start of its daemon until it answers; for each generation",
  target: `≤ ${MOST_MS} ms, Docker 26 ≤ ${MOST_OF.trixie} ms`,
  measure: async ({ say }) => {
    const measured: Started[] = [];
    for (const name of Object.keys(GENERATIONS) as GenerationName[]) measured.push(await started(name, say));
    return {
      measured: measured.map(({ version, times }) => `${version}: ${median(times).toFixed(0)} ms`).join(', '),
      reached: measured.every(({ name, times }) => median(times) <= (MOST_OF[name] ?? MOST_MS)),
      notes: [
        `median of ${ENGINES}; ${measured.map(({ name, times }) => `${name} ${spread(times, 0)} ms`).join(', ')}`,
      ],
    };
  },
};

interface Started {
  readonly name: GenerationName;
  readonly version: string;
  readonly times: readonly number[];
}

async function started(name: GenerationName, say: Setting['say']): Promise<Started> {
  await using run = await createRunContext({ generations: { ...HOST_CHOICE, docker: name }, say });
  const times: number[] = [];
  let version = name as string;
  // The first one loads what all of them need.
  for (let number = 0; number <= ENGINES; number++) {
    const clock = realClock();
    const spec = { docker: {} };
    await using world = await createWorld({
      spec,
      case: 'bench/engines',
      clock,
      sink: countingSink(),
      run,
      inProcess: false,
    });
    const [up] = world.evidence.of('engine');
    if (up?.upMs === undefined) throw new Error(`the engine of ${name} did not say how long it took`);
    version = up.version;
    if (number > 0) times.push(up.upMs);
  }
  return { name, version, times };
}
