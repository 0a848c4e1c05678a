import { simulatedClock } from '../harness/clock/index.ts';

/** As long as it takes this machine to let simulated time pass, several times over. */
export async function anotherPasses(): Promise<void> {
  const other = simulatedClock();
  for (let time = 1; time <= 5; time++) await other.sleep(1000);
}
