import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { controlGroupOf, removeControlGroups } from '../process/index.ts';
import type { RunContext } from './run-context.ts';
import type { Labels } from './subject-environment.ts';
import type { Teardown } from './teardown.ts';

/** What a world has of this machine, and by which it is known as the run's. */
export interface WorldPlace {
  /** For its files. */
  readonly dir: string;
  /** Its name below the root of every hierarchy, for the containers of its engine. */
  readonly controlGroup: string;
  /** Variables that its processes bear. */
  readonly labels: Labels;
}

/** Makes a world's place, which goes last of all that the world has. @param options.case the case's full id */
export async function makePlace(options: {
  readonly run: RunContext;
  readonly case: string;
  readonly docker: boolean;
  readonly teardown: Teardown;
}): Promise<WorldPlace> {
  const { run, docker, teardown } = options;
  const number = run.nextWorld();
  const dir = join(run.dir, `world-${number}`);
  await mkdir(dir, { mode: 0o711 });
  teardown.step(`using its directory ${dir}`, () => rm(dir, { recursive: true, force: true, maxRetries: 3 }));
  // Last but its directory: a group can go when the last process in it has.
  const controlGroup = controlGroupOf(run.id, number);
  if (docker) teardown.step('using its control groups', () => removeControlGroups(controlGroup));
  return { dir, controlGroup, labels: { PROXYPROOF_RUN: run.id, PROXYPROOF_CASE: `${number} ${options.case}` } };
}
