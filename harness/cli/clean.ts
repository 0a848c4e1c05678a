import { findStrays, removeStrays, type Strays } from '../world/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Invocation } from './verbs.ts';

/** `proxyproof clean`. */
export async function clean({ options, terminal }: Invocation): Promise<ExitCode> {
  const dry = options['dryRun'] === true;
  const here = dry ? describe(findStrays()) : await removeStrays();
  const { clearEngine } = await import('./in-docker/without-asking.ts');
  const found = [...here, ...(await clearEngine(terminal.env, dry))];
  for (const each of found) terminal.stdout.write(`${dry ? 'would remove' : 'removed'} ${each}\n`);
  if (found.length === 0) terminal.stdout.write('Nothing was left behind.\n');
  return EXIT.ok;
}

const describe = ({ processes, controlGroups, directories }: Strays): string[] => [
  ...processes.map(({ pid, name }) => `process ${pid} (${name})`),
  ...controlGroups.map((name) => `control group ${name}`),
  ...directories.map((each) => `directory ${each}`),
];
