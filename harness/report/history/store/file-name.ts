import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Results } from '../../../conformance/outcome.ts';
import type { HistoryRun } from './history-run.ts';

/** Below the history's folder. */
export const RUNS_FOLDER = 'runs';

/**
 * Where a run's file is in a history's folder: `runs/gitlab-runner/17.11.4/2026-03-02T10-20-30-14.10-0a1b2c3d.json`. The
 * same run always has the same, also when it was judged again; two runs of the same second differ in the last part.
 */
export function fileNameOf(run: HistoryRun, results: Results): string {
  const { environment, outcomes } = results;
  const itself = [
    run.subject,
    run.profile,
    run.generations,
    environment.startedAt,
    environment.durationMs,
    environment.os,
    environment.command,
    outcomes.map(({ id }) => id).toSorted(),
  ];
  const print = createHash('sha256').update(JSON.stringify(itself)).digest('hex').slice(0, 8);
  const time = run.startedAt.slice(0, 19).replaceAll(':', '-');
  const file = `${time}-${safeName(run.profile)}-${print}.json`;
  return join(RUNS_FOLDER, safeName(run.subject.name), safeName(run.subject.version), file);
}

/** A name that is one on every file system, and in a URL. */
export const safeName = (name: string): string => name.replace(/[^A-Za-z0-9._~-]+/g, '_').replace(/^\.+/, '_') || '_';
