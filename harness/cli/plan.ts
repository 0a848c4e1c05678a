import { resolve } from 'node:path';
import {
  type Case,
  checkWorlds,
  Expectations,
  hasEngine,
  type ProfileName,
  readExpectations,
  UsageError,
} from '../conformance/index.ts';
import { type Driver, resolveSubject, type SubjectKind } from '../runner/index.ts';
import { defaultCacheDirectory } from '../world/index.ts';
import type { RunOptions } from './run-options.ts';
import { scenariosFor } from './scenarios.ts';
import { selectCases } from './select.ts';
import type { Invocation } from './verb.ts';

/** What a run is going to do. */
export interface RunPlan {
  readonly options: RunOptions;
  readonly driver: Driver<SubjectKind>;
  readonly profile: ProfileName;
  /** Every case there is under the profile, chosen or not. */
  readonly all: readonly Case[];
  readonly selected: readonly Case[];
  readonly expectations: Expectations;
  /** What the options leave out that nobody may expect, as sentences. */
  readonly notes: readonly string[];
}

/**
 * Makes sense of the command line, before anything is started or written.
 * @throws UsageError, SubjectError
 */
export async function planRun(invocation: Invocation<RunOptions>): Promise<RunPlan> {
  const { args: globs, options, terminal } = invocation;
  const scenarios = await scenariosFor(invocation);
  const driver = await resolveSubject(options.runner, {
    cacheDir: defaultCacheDirectory(terminal.env),
    env: terminal.env,
    say: (line) => terminal.stderr.write(`${line}\n`),
    ...(options.profile ? { profile: options.profile } : {}),
    ...(options.helper === undefined ? {} : { helper: resolve(terminal.cwd, options.helper) }),
  });
  if (options.helper !== undefined && driver.helperProgram === undefined) {
    throw new UsageError(`--helper is for gitlab-runner: ${driver.identity.path} brings its own.`);
  }
  const profile = options.profile ?? driver.profile;
  const { all, selected, notes } = selectCases(scenarios, profile, globs, options);
  await checkWorlds(selected);
  const entries = options.expect ? await readExpectations(resolve(terminal.cwd, options.expect)) : [];
  return {
    options,
    driver,
    profile,
    all,
    selected,
    expectations: new Expectations(entries, driver.identity, profile),
    notes: [...notes, ...(driver.helperRemark !== undefined && selected.some(hasEngine) ? [driver.helperRemark] : [])],
  };
}
