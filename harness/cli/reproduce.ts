import { resolve } from 'node:path';
import { UsageError } from '../conformance/errors.ts';
import { type Bundle, diagnose, runnerVersion, textOf } from '../diagnosis/index.ts';
import { profileFor, releaseOf } from '../profile/index.ts';
import { reproductionAsText } from '../report/reproduction/as-text.ts';
import { reproduce as reproduceCase } from '../reproduce/index.ts';
import { resolveSubject } from '../runner/index.ts';
import { createRunContext, defaultCacheDirectory, removeStrays } from '../world/index.ts';
import { openBundles } from './check/bundles.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { hasColour } from './has-colour.ts';
import { interruption } from './interruption.ts';
import { flag, oneOf, text } from './options.ts';
import { print } from './print.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

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
    schema: oneOf('none', 'basic', 'digest', 'ntlm', 'negotiate').optional(),
  },
  prove: flag('applies each remedy alone to the machine, and tries everything again'),
} as const;

/** `proxyproof reproduce`. */
export const reproduce = verb({
  options,
  examples: [
    'reproduce customer.tar.gz --prove',
    'reproduce customer/ --runner 17.11.4 --symptom job.log',
    'reproduce issue.md --proxy ntlm --prove',
  ],
  act,
});

async function act({ args, options: given, terminal }: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  if (args.length === 0)
    throw new UsageError('Name the bundle: proxyproof reproduce customer.tar.gz, a directory, or a bug report.');
  const bundle = await openBundles(given.symptom === undefined ? args : [...args, given.symptom], terminal);
  if (bundle.files.length === 0) throw new UsageError(`Nothing in ${args.join(', ')} can be read.`);
  const version = runnerVersion(diagnose(bundle).picture);
  const driver = await resolveSubject(given.runner ?? 'reference', {
    // The reference runner is as old as the customer's.
    ...(given.runner === undefined
      ? { profile: profileFor(version === undefined ? undefined : releaseOf(version)) }
      : {}),
    cacheDir: defaultCacheDirectory(terminal.env),
    env: terminal.env,
    ...(given.helper === undefined ? {} : { helper: resolve(terminal.cwd, given.helper) }),
  });
  const say = (line: string): void => print(terminal.stderr, `proxyproof: ${line}\n`);
  for (const removed of await removeStrays()) say(`removed what an earlier run left: ${removed}`);
  await using up = new AsyncDisposableStack();
  const stop = interruption(terminal);
  up.defer(() => stop.finished());
  const run = up.use(
    await createRunContext({
      cacheDir: defaultCacheDirectory(terminal.env),
      say,
      signal: stop.signal,
      ...(driver.helperProgram === undefined ? {} : { helperProgram: driver.helperProgram }),
    }),
  );
  const result = await reproduceCase({
    bundle,
    driver,
    run,
    say,
    prove: given.prove,
    ...(given.proxy === undefined ? {} : { scheme: given.proxy }),
  });
  terminal.stdout.write(
    reproductionAsText(result, {
      width: terminal.stdout.columns ?? 100,
      colour: hasColour(terminal),
      linesOf: linesOf(bundle),
    }),
  );
  if (result.comparison.verdict === 'works-here') return EXIT.ok;
  if (result.comparison.verdict === 'not-reproduced') return EXIT.environment;
  return result.proof && result.proof.proved.length > 0 ? EXIT.ok : EXIT.unexpected;
}

const linesOf =
  ({ files }: Bundle) =>
  (file: string): readonly string[] | undefined => {
    const bytes = files.find(({ name }) => name === file)?.bytes;
    return bytes && textOf(bytes)?.split(/\r?\n/);
  };
