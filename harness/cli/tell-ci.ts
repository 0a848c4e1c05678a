import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Results } from '../conformance/index.ts';
import { annotations, summaryMarkdown } from '../report/index.ts';
import type { Terminal } from './exit.ts';
import { print } from './print.ts';

/**
 * Tells GitHub Actions, where this is a step of it, what a run came to: annotations among the output, and the summary of the step. Other CI
 * servers take the files of the report.
 */
export async function tellCi(
  results: Results,
  terminal: Pick<Terminal, 'stdout' | 'stderr' | 'env' | 'cwd'>,
): Promise<void> {
  if (terminal.env['GITHUB_ACTIONS'] === 'true') terminal.stdout.write(annotations(results));
  await appendStepSummary(summaryMarkdown(results), terminal);
}

/** Appends Markdown to the summary of a GitHub step, if this is one. A summary that cannot be written changes no verdict. */
export async function appendStepSummary(
  markdown: string,
  { stderr, env, cwd }: Pick<Terminal, 'stderr' | 'env' | 'cwd'>,
): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  await appendFile(resolve(cwd, file), `${markdown}\n`).catch((error: Error) => {
    print(
      stderr,
      `proxyproof: the summary of this step cannot be written to ${file}, as GITHUB_STEP_SUMMARY names it: ${error.message}\n`,
    );
  });
}
