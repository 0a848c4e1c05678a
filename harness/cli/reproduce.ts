import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EnvironmentError, missingHere, UsageError } from '../conformance/index.ts';
import { diagnose, runnerVersion } from '../diagnosis/index.ts';
import { profileFor, releaseOf } from '../profile/index.ts';
import { reproductionAsJson } from '../report/reproduction/as-json.ts';
import { reproductionAsText } from '../report/reproduction/as-text.ts';
import { caseFile } from '../report/reproduction/case-file.ts';
import { writeReproduction } from '../report/reproduction/write.ts';
import { makeRunDirectory } from '../report/run-directory.ts';
import { printableJson } from '../report/terminal/printable.ts';
import {
  NotStoodUp,
  type Reproduction,
  readCase,
  reproduce as reproduceCase,
  SCHEMES,
  type WrittenCase,
} from '../reproduce/index.ts';
import { resolveSubject, type SubjectIdentity } from '../runner/index.ts';
import {
  checkEngineSocket,
  createRunContext,
  defaultCacheDirectory,
  machineIsolation,
  removeStrays,
} from '../world/index.ts';
import { openBundles } from './check/bundles.ts';
import { EXIT, type ExitCode, type Terminal } from './exit.ts';
import { interruption } from './interruption.ts';
import { looks } from './looks.ts';
import { flag, oneOf, text } from './options.ts';
import { print } from './print.ts';
import { programFiles } from './program-files.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';
import { packageVersion } from './version.ts';

const options = {
  runner: text(
    '<runner>',
    'a version of gitlab-runner, or the path of one (default: the reference runner)',
    'a runner',
  ),
  helper: text('<path>', "gitlab-runner's helper program, of the same build", 'a file'),
  symptom: text('<file>', 'a log of what the customer saw, besides the bundle', 'a file'),
  proxy: {
    value: '<scheme>',
    says: 'what the proxy asks for: none, basic, digest, ntlm or negotiate (default: what the files show)',
    schema: oneOf(...SCHEMES).optional(),
  },
  prove: flag('applies each remedy alone to the machine, and tries everything again'),
  report: text(
    '<dir>',
    'writes a page with the symptom, the cause, the change and what happened before and after it',
    'a directory',
  ),
  case: text('<file>', 'writes the case as a file that anybody can run again, without secrets', 'a file'),
  json: flag('prints what came of it as JSON (schema/reproduce.schema.json)'),
} as const;

type Given = OptionValues<typeof options>;

/** `proxyproof reproduce`. */
export const reproduce = verb({
  options,
  examples: [
    'reproduce customer.tar.gz --prove',
    'reproduce customer/ --runner 17.11.4 --symptom job.log',
    'reproduce customer/ --prove --report report',
    'reproduce issue.md --proxy ntlm --case case.yaml',
    'reproduce case.yaml --prove',
  ],
  act,
});

const INTERRUPTED = {
  what: 'The reproduction',
  stopping: 'taking the machine and its world down',
  limitMs: 10_000,
  left: 'Everything it started is stopped.',
};

async function act({ args, options: given, terminal }: Invocation<Given>): Promise<ExitCode> {
  if (args.length === 0)
    throw new UsageError('Name the bundle: proxyproof reproduce customer.tar.gz, a directory, or a bug report.');
  const { bundle, ...written } = await opened(args, given, terminal);
  if (bundle.files.length === 0) throw new UsageError(`Nothing in ${args.join(', ')} can be read.`);
  const dir =
    given.report === undefined ? undefined : await makeRunDirectory({ dir: resolve(terminal.cwd, given.report) });
  const { result, subject } = await stoodUp({ ...written, bundle }, given, terminal);
  if (dir !== undefined) {
    await writeReproduction(dir, bundle, result, { version: packageVersion(), subject });
    note(terminal, `the report is ${join(given.report ?? '', 'report.html')}`);
  }
  if (given.case !== undefined)
    await writeFile(resolve(terminal.cwd, given.case), caseFile(bundle, result), { mode: 0o600 });
  terminal.stdout.write(
    given.json
      ? `${printableJson(JSON.stringify(reproductionAsJson(result), null, 2))}\n`
      : reproductionAsText(result, looks(terminal, bundle)),
  );
  return exitOf(result);
}

/** What was named: files of a customer's, or a case that was written down. */
async function opened(args: readonly string[], { symptom }: Given, terminal: Terminal): Promise<WrittenCase> {
  const bundle = await openBundles(symptom === undefined ? args : [...args, symptom], terminal);
  try {
    return readCase(bundle) ?? { bundle };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

const note = ({ stderr }: Terminal, line: string): void => print(stderr, `proxyproof: ${line}\n`);

/** A case that ran, and which runner it ran with. */
interface StoodUp {
  readonly result: Reproduction;
  readonly subject: string;
}

async function stoodUp({ bundle, ...written }: WrittenCase, given: Given, terminal: Terminal): Promise<StoodUp> {
  const cacheDir = defaultCacheDirectory(terminal.env);
  const say = (line: string): void => note(terminal, line);
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
  await checkMachine();
  for (const removed of await removeStrays()) say(`removed what an earlier run left: ${removed}`);
  await using up = new AsyncDisposableStack();
  const stop = interruption(terminal, INTERRUPTED);
  up.defer(() => stop.finished());
  const { helperProgram } = driver;
  const run = up.use(
    await createRunContext({
      cacheDir,
      say,
      signal: stop.signal,
      visible: [driver.identity.path, helperProgram ?? ''].flatMap(programFiles),
      ...(helperProgram === undefined ? {} : { helperProgram }),
    }),
  );
  checkEngineSocket(run.dir);
  const scheme = given.proxy ?? written.scheme;
  try {
    const result = await reproduceCase({
      bundle,
      driver,
      run,
      say,
      signal: stop.signal,
      prove: given.prove,
      ...(scheme === undefined ? {} : { scheme }),
    });
    return { result, subject: subjectWords(driver.identity) };
  } catch (error) {
    if (error instanceof NotStoodUp) throw new EnvironmentError(error.message, { cause: error });
    throw error;
  }
}

const subjectWords = ({ kind, version, path }: SubjectIdentity): string =>
  kind === 'reference' ? `the reference runner${path === 'reference' ? '' : ` (${path})`}` : `${kind} ${version}`;

/** @throws EnvironmentError when no machine can be stood up here */
async function checkMachine(): Promise<void> {
  const isolation = await machineIsolation();
  const lacks = isolation.kind === 'namespace' ? missingHere('docker') : isolation.reason;
  if (lacks !== undefined)
    throw new EnvironmentError(
      `No machine can be stood up here, for want of ${lacks}: run proxyproof doctor, or proxyproof check, which needs nothing.`,
    );
}

function exitOf({ comparison, proof }: Reproduction): ExitCode {
  if (comparison.verdict === 'works-here') return EXIT.ok;
  if (comparison.verdict === 'not-reproduced') return EXIT.environment;
  return proof && proof.proved.length > 0 ? EXIT.ok : EXIT.unexpected;
}
