import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../conformance/index.ts';
import { reproductionAsJson } from '../report/reproduction/as-json.ts';
import { reproductionAsText } from '../report/reproduction/as-text.ts';
import { caseFile } from '../report/reproduction/case-file.ts';
import { writeReproduction } from '../report/reproduction/write.ts';
import { makeRunDirectory } from '../report/run-directory.ts';
import { printableJson } from '../report/terminal/printable.ts';
import { OVERRIDE_KEYS, overrideHelp, type Reproduction, SCHEMES } from '../reproduce/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { looks } from './looks.ts';
import { flag, oneOf, text } from './options.ts';
import { print } from './print.ts';
import { openCase } from './reproduce/open-case.ts';
import { standUp } from './reproduce/stand-up.ts';
import { runOptions } from './run-options.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';
import { packageVersion } from './version.ts';

const options = {
  runner: text(
    '<runner>',
    'a version of gitlab-runner, or the path of one (default: the reference runner)',
    'a runner',
  ),
  helper: text(
    '<path>',
    "gitlab-runner's helper, of the same build: a program, an archive of its image, or a directory with one",
    'a path',
  ),
  generation: runOptions.generation,
  upgrade: text('<runner>', 'a newer one that --prove tries in its place, named alike', 'a runner'),
  symptom: text('<file>', 'a log of what the customer saw, besides the bundle', 'a file'),
  proxy: {
    value: '<scheme>',
    says: 'what the proxy asks for: none, basic, digest, ntlm or negotiate (default: what the files show)',
    schema: oneOf(...SCHEMES).optional(),
  },
  intercept: flag('the proxy opens TLS, whatever the files show (the same as --set proxy.intercept=true)'),
  set: {
    value: '<key=value>',
    says: `what counts in place of what the files say; may be given several times. ${overrideHelp.join('; ')}`,
    schema: z
      .array(z.string().regex(/^[^=]+=/, `takes KEY=VALUE, with one of the keys ${OVERRIDE_KEYS.join(', ')}`))
      .default([]),
    several: true,
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

async function act({ args, options: given, terminal }: Invocation<Given>): Promise<ExitCode> {
  if (args.length === 0)
    throw new UsageError('Name the bundle: proxyproof reproduce customer.tar.gz, a directory, or a bug report.');
  const opened = await openCase(args, given, terminal);
  const { bundle } = opened;
  if (bundle.files.length === 0) throw new UsageError(`Nothing in ${args.join(', ')} can be read.`);
  const dir =
    given.report === undefined ? undefined : await makeRunDirectory({ dir: resolve(terminal.cwd, given.report) });
  const result = await standUp(opened, given, terminal);
  if (dir !== undefined) {
    await writeReproduction(dir, bundle, result, packageVersion());
    print(terminal.stderr, `proxyproof: the report is ${join(given.report ?? '', 'report.html')}\n`);
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

function exitOf({ comparison, proof }: Reproduction): ExitCode {
  if (comparison.verdict === 'works-here') return EXIT.ok;
  if (comparison.verdict === 'not-reproduced') return EXIT.environment;
  return proof && proof.proved.length > 0 ? EXIT.ok : EXIT.unexpected;
}
