import { resolve } from 'node:path';
import { makeRunDirectory, merge as mergeRuns, readLedger, renderSummary } from '../report/index.ts';
import type { ExitCode } from './exit.ts';
import { exitCodeOf } from './exit-code.ts';
import { summaryOptions } from './summary-options.ts';
import type { Invocation } from './verbs.ts';

/** `proxyproof merge`. */
export async function merge({ args, options, terminal }: Invocation): Promise<ExitCode> {
  const report = options['report'];
  const target = await makeRunDirectory(
    typeof report === 'string' ? { dir: resolve(terminal.cwd, report) } : { cwd: terminal.cwd },
  );
  const results = await mergeRuns(
    args.map((each) => resolve(terminal.cwd, each)),
    target,
  );
  terminal.stdout.write(renderSummary(results, await readLedger(target), summaryOptions(terminal, target)));
  return exitCodeOf(results, terminal);
}
