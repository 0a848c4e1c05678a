import { clearStore } from '../containers/index.ts';
import { clearGenerations } from '../generations/index.ts';
import { defaultCacheDirectory, findStrays, removeStrays, type Strays } from '../world/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { flag } from './options.ts';
import { print } from './print.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = { dryRun: flag('says what would be removed, and removes nothing') } as const;

/** `proxyproof clean`. */
export const clean = verb({
  options,
  examples: ['clean --dry-run'],
  act,
});

async function act({ options: asked, terminal }: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const { dryRun: dry } = asked;
  const here = dry ? describe(findStrays()) : await removeStrays();
  const cacheDir = defaultCacheDirectory(terminal.env);
  const kept = [...(await clearStore(cacheDir, dry)), ...(await clearGenerations(cacheDir, dry))];
  const { clearEngine } = await import('./in-docker/without-asking.ts');
  const found = [...here, ...kept, ...(await clearEngine(terminal.env, dry))];
  for (const each of found) print(terminal.stdout, `${dry ? 'would remove' : 'removed'} ${each}\n`);
  if (found.length === 0) print(terminal.stdout, 'Nothing was left behind.\n');
  return EXIT.ok;
}

const describe = ({ processes, controlGroups, directories, sharedMemory }: Strays): string[] => [
  ...processes.map(({ pid, name }) => `process ${pid} (${name})`),
  ...controlGroups.map((name) => `control group ${name}`),
  ...directories.map((each) => `directory ${each}`),
  ...sharedMemory.map((each) => `shared memory ${each}`),
];
