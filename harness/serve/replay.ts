import type { LabAction } from './actions.ts';
import type { LiveLab } from './lab.ts';

/**
 * Does the steps of a lab's declaration again, each at its moment.
 * @param signal ends it early
 * @param say is told of each step, and of those that could not be done
 */
export async function replay(lab: LiveLab, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  /** What faults were called then, and are called now. */
  const ids = new Map<number, number>();
  for (const { at, action } of lab.declaration.steps) {
    await lab.clock.sleep(at - lab.clock.elapsed(), signal);
    const now: LabAction = action.do === 'fault-off' ? { ...action, id: ids.get(action.id) ?? action.id } : action;
    try {
      const { fault } = await lab.perform(now);
      if (action.do === 'fault-on' && fault !== undefined) ids.set(action.id ?? fault, fault);
      say(`${(at / 1000).toFixed(1)} s: ${action.do}`);
    } catch (error) {
      say(`${(at / 1000).toFixed(1)} s: ${action.do} could not be done: ${(error as Error).message}`);
    }
  }
}
