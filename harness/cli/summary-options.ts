import { relative } from 'node:path';
import type { SummaryOptions } from '../report/index.ts';
import type { Terminal } from './exit.ts';
import { hasColour } from './has-colour.ts';

/** How a summary is to look on this terminal. */
export function summaryOptions(
  terminal: Terminal,
  runDir: string,
  { verbose, measured }: { readonly verbose: boolean; readonly measured: boolean },
): SummaryOptions {
  const near = relative(terminal.cwd, runDir);
  return {
    width: terminal.stdout.columns ?? 120,
    colour: hasColour(terminal),
    runDir: near === '' || near.startsWith('..') ? runDir : near,
    verbose,
    measured,
  };
}
