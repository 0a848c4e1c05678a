import { describe, expect, it } from 'vitest';
import { outcomesInTime } from '../../harness/cli/outcomes-in-time.ts';
import { outcome } from '../report/builder.ts';

const nothing = { started: () => {}, waiting: () => {}, finished: () => {} };

describe('the outcomes of a run', () => {
  it('tells progress of an outcome that an error changed after the end of its case', async () => {
    const changed: string[] = [];
    const progress = { ...nothing, changed: (each: { outcome: string }) => void changed.push(each.outcome) };
    const late = new Promise<void>(() => {});
    await outcomesInTime({ selected: [], progress, late }, async (observer) => {
      observer.finished?.(outcome({ id: 'a/one' }));
      observer.changed?.(outcome({ id: 'a/one', outcome: 'error' }));
      return [];
    });
    expect(changed).toEqual(['error']);
  });
});
