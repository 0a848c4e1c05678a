import { realClock, simulatedClock } from '../../harness/clock/index.ts';
import { countingSink } from '../../harness/ledger/index.ts';
import { createRunContext, createWorld } from '../../harness/world/index.ts';
import { answerTasks } from './tasks.ts';

answerTasks({
  /** Milliseconds that each of so many worlds took, from nothing to nothing. */
  upAndDown: async ({ worlds, inProcess }: { worlds: number; inProcess: boolean }) => {
    await using run = await createRunContext();
    const spec = { proxy: { kind: 'basic' } } as const;
    const times: number[] = [];
    let isolation = '';
    // The first one loads what all of them need.
    for (let number = 0; number <= worlds; number++) {
      const began = performance.now();
      const clock = inProcess ? simulatedClock() : realClock();
      const world = await createWorld({ spec, case: 'bench/world', clock, sink: countingSink(), run, inProcess });
      isolation = world.host.isolation;
      await world[Symbol.asyncDispose]();
      if (number > 0) times.push(performance.now() - began);
    }
    return { times, isolation };
  },
});
