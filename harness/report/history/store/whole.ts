import { ReportError } from '../../error.ts';
import type { StoredRun } from '../../read-run.ts';
import { plural } from '../../verdict.ts';

/**
 * Refuses a run that is not whole: in a history it would look as if a requirement had come or gone.
 * @throws ReportError that says what is missing
 */
export function checkWhole({ dir, results }: StoredRun): void {
  const refuse = (why: string, next: string): never => {
    throw new ReportError(`The run in ${dir} is not whole: ${why}. ${next}`, { reason: 'usage' });
  };
  const { notRun, outcomes, environment } = results;
  const missing = notRun?.cases.length ?? 0;
  if (missing > 0) {
    refuse(
      `${plural(missing, 'case', 'cases')} did not run, because ${notRun?.because}`,
      'Run it again to its end, and add that.',
    );
  }
  if (outcomes.every(({ outcome }) => outcome === 'skip')) {
    refuse(
      outcomes.length === 0 ? 'it has no case' : `all ${plural(outcomes.length, 'case was', 'cases were')} skipped`,
      'It says nothing about its subject. See proxyproof doctor for what is missing here.',
    );
  }
  const shards = environment.shard?.split(', ') ?? [];
  const count = Number(shards[0]?.split('/')[1] ?? 0);
  if (shards.length < count) {
    refuse(
      `it is shard ${shards.join(' and ')} of ${count}`,
      'Make one run of all shards with proxyproof merge, and add that.',
    );
  }
}
