import { resolve } from 'node:path';
import { EnvironmentError, missingHere, UsageError } from '../../conformance/index.ts';
import { diagnose, runnerVersion } from '../../diagnosis/index.ts';
import type { GenerationChoice } from '../../generations/index.ts';
import { profileFor, releaseOf } from '../../profile/index.ts';
import { NotStoodUp, type Reproduction, reproduce, type WrittenCase } from '../../reproduce/index.ts';
import { resolveSubject } from '../../runner/index.ts';
import { checkEngineSocket, createRunContext, defaultCacheDirectory, machineIsolation } from '../../world/index.ts';
import { clearStrays } from '../clear-strays.ts';
import type { Terminal } from '../exit.ts';
import { interruption } from '../interruption.ts';
import { print } from '../print.ts';
import { programFiles } from '../program-files.ts';

const INTERRUPTED = {
  what: 'The reproduction',
  stopping: 'taking the machine and its world down',
  limitMs: 10_000,
  left: 'Everything it started is stopped.',
};

/** With what a case is stood up. */
export interface StandUpOptions {
  readonly runner?: string | undefined;
  readonly helper?: string | undefined;
  /** A newer runner, to be tried in its place. */
  readonly upgrade?: string | undefined;
  readonly prove: boolean;
  /** Where the machine's programs come from. */
  readonly generation?: GenerationChoice | undefined;
}

/**
 * Stands a case up with a runner, and takes it down again, also when somebody interrupts it.
 * @throws EnvironmentError when no machine can be stood up here; UsageError for a runner that cannot be installed
 */
export async function standUp(
  { bundle, set, elsewhere }: WrittenCase,
  given: StandUpOptions,
  terminal: Terminal,
): Promise<Reproduction> {
  const cacheDir = defaultCacheDirectory(terminal.env);
  const say = (line: string): void => print(terminal.stderr, `proxyproof: ${line}\n`);
  const version = runnerVersion(diagnose(bundle).picture);
  const driver = await resolveSubject(given.runner ?? 'reference', {
    // The reference runner is as old as the customer's.
    ...(given.runner === undefined
      ? { profile: profileFor(version === undefined ? undefined : releaseOf(version)) }
      : {}),
    cacheDir,
    env: terminal.env,
    ...(given.helper === undefined ? {} : { helper: resolve(terminal.cwd, given.helper) }),
  });
  if (!driver.installation)
    throw new UsageError(
      `${driver.identity.kind} cannot be installed on a machine here: take gitlab-runner or the reference runner.`,
    );
  const upgrade =
    given.upgrade === undefined ? undefined : await resolveSubject(given.upgrade, { cacheDir, env: terminal.env });
  await checkMachine();
  await clearStrays(terminal);
  await using up = new AsyncDisposableStack();
  const stop = interruption(terminal, INTERRUPTED);
  up.defer(() => stop.finished());
  const { helperProgram } = driver;
  const run = up.use(
    await createRunContext({
      cacheDir,
      say,
      signal: stop.signal,
      visible: [driver, upgrade]
        .flatMap((each) => [each?.identity.path ?? '', each?.helperProgram ?? ''])
        .flatMap(programFiles),
      ...(helperProgram === undefined ? {} : { helperProgram }),
      ...(given.generation ? { generations: given.generation } : {}),
    }),
  );
  checkEngineSocket(run.dir);
  try {
    return await reproduce({
      bundle,
      driver,
      run,
      say,
      signal: stop.signal,
      prove: given.prove,
      set,
      ...(upgrade ? { upgrade } : {}),
      ...(elsewhere ? { elsewhere } : {}),
    });
  } catch (error) {
    if (error instanceof NotStoodUp) throw new EnvironmentError(error.message, { cause: error });
    throw error;
  }
}

/** @throws EnvironmentError when no machine can be stood up here */
async function checkMachine(): Promise<void> {
  const isolation = await machineIsolation();
  const lacks = isolation.kind === 'namespace' ? missingHere('docker') : isolation.reason;
  if (lacks !== undefined)
    throw new EnvironmentError(
      `No machine can be stood up here, for want of ${lacks}: run proxyproof doctor, or proxyproof check, which needs nothing.`,
    );
}
