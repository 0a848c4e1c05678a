import { join, resolve } from 'node:path';
import { matchesCase, UsageError } from '../conformance/index.ts';
import { readRun, runBug, writeText } from '../report/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { text } from './options.ts';
import { print } from './print.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = {
  output: text('<file>', 'where it goes (default: standard output)', 'a file'),
} as const;

/** `proxyproof bug`. */
export const bug = verb({
  options,
  examples: ["bug runs/latest 'rate-limit/reset-time-valid[body=json]'", 'bug runs/latest git/lfs --output issue.md'],
  act,
});

async function act({
  args,
  options: { output },
  terminal,
}: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const [run = '', wanted = ''] = args;
  const { results, events } = await readRun(resolve(terminal.cwd, run));
  const meant = results.outcomes.filter((each) =>
    matchesCase(wanted, { id: each.id, scenario: { id: each.scenario } }),
  );
  if (meant.length === 0) {
    throw new UsageError(
      `The run in ${run} has no case ${wanted}. See its report, ${join(run, 'report.html')}, for those it has.`,
    );
  }
  const failed = meant.find(({ findings }) => findings.some(({ verdict }) => verdict === 'fails'));
  if (!failed) {
    throw new UsageError(
      `${meant[0]?.id ?? wanted} did not fail in the run in ${run}, so there is nothing to report: its outcome is ${meant[0]?.outcome}. Name a case that failed.`,
    );
  }
  const issue = runBug(
    results,
    failed,
    events.filter((event) => event.case === failed.id),
  );
  if (output === undefined) {
    print(terminal.stdout, issue);
    return EXIT.ok;
  }
  await writeText(resolve(terminal.cwd, output), issue);
  print(terminal.stderr, `proxyproof: ${output} has a report on ${failed.id}; read it before you send it.\n`);
  return EXIT.ok;
}
