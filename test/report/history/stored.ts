import { join } from 'node:path';
import type { CaseOutcome, Results } from '../../../harness/conformance/outcome.ts';
import type { LedgerEvent } from '../../../harness/ledger/index.ts';
import { addRun } from '../../../harness/report/history/store/add-run.ts';
import { writeLedger } from '../../../harness/report/ledger-file.ts';
import { writeResults } from '../../../harness/report/results/index.ts';
import { outcome, Recorder, results } from '../builder.ts';
import { tooEarly } from '../stories.ts';
import { temporaryDirectory } from '../temporary.ts';

/** Writes a run as `run` does, as far as a history reads it. @returns its directory */
export async function writtenRun(run: Results, events: readonly LedgerEvent[] = []): Promise<string> {
  const dir = await temporaryDirectory();
  await writeResults(dir, run);
  await writeLedger(dir, events);
  return dir;
}

/** One that fails, the same in other axes, a measured answer, a skip, and what holds. */
export function smallRun(more: Partial<Results> = {}): { results: Results; events: readonly LedgerEvent[] } {
  const recorder = new Recorder();
  const early = tooEarly(recorder, 'rate-limit/reset-time-valid');
  const again = tooEarly(recorder, 'rate-limit/reset-time-valid[body=json]');
  const outcomes: CaseOutcome[] = [
    outcome({ id: 'rate-limit/reset-time-valid[body=text]' }),
    again,
    early,
    outcome({
      id: 'polling/idle',
      level: 'C',
      outcome: 'info',
      reason: '3 requests in 10.0 s, the first after 4.17 s.',
      requirement: 'How often it asks.',
    }),
    outcome({ id: 'docker/pull', outcome: 'skip', lacks: 'machine', reason: 'There is no Docker engine.' }),
  ];
  return { results: results(outcomes, more), events: recorder.events };
}

/** A folder with the small run in it. */
export async function smallHistory(): Promise<{ folder: string; dir: string; file: string }> {
  const { results: run, events } = smallRun();
  const dir = await writtenRun(run, events);
  const folder = join(await temporaryDirectory(), 'history');
  const { file } = await addRun(dir, folder);
  return { folder, dir, file };
}
