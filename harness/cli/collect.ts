import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../conformance/errors.ts';
import { collectScript, obfuscate, openBundle, packBundle } from '../diagnosis/index.ts';
import { run } from '../process/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { flag, text } from './options.ts';
import { print } from './print.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = {
  output: text('<file>', 'where the bundle goes (default: proxyproof-HOST-TIME.tar.gz)', 'a file'),
  obfuscate: flag(
    'puts other host names and addresses in place of yours; FILE.names.txt, which stays with you, says which',
  ),
  script: flag('prints the same as a script of sh, for hosts without Node.js: collect --script > collect.sh'),
} as const;

/** `proxyproof collect`. */
export const collect = verb({ options, examples: ['collect', 'collect --script > collect.sh'], act });

/** Ten seconds are for the commands; the rest is reading and packing. */
const LIMIT_MS = 60_000;

async function act({ options: given, terminal }: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const { stdout, cwd, env } = terminal;
  if (given.script) {
    if (given.obfuscate || given.output !== undefined)
      throw new UsageError('--script only prints the script: --output and --obfuscate do not go with it.');
    stdout.write(await readFile(collectScript(), 'utf8'));
    return EXIT.ok;
  }
  const output = given.output ?? `proxyproof-${new Date().toISOString().replace(/[-:]|\..*/g, '')}.tar.gz`;
  const path = resolve(cwd, output);
  const done = await run('sh', [collectScript(), path], { limitMs: LIMIT_MS, name: 'collect.sh', cwd, env });
  if (given.obfuscate) {
    const { bundle, map } = obfuscate(await openBundle(path));
    await writeFile(path, await packBundle(bundle), { mode: 0o600 });
    const names = `${path}.names.txt`;
    await writeFile(names, [...map].map(([from, to]) => `${to} ${from}\n`).join(''), { mode: 0o600 });
    print(stdout, `Names and addresses are others; ${output}.names.txt says which, and stays with you.\n`);
  }
  print(stdout, done.stdout.replaceAll(path, output));
  return EXIT.ok;
}
