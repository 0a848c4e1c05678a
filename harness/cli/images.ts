import { resolve } from 'node:path';
import { EnvironmentError, UsageError } from '../conformance/index.ts';
import { buildImages, exportImages, ImageStore, importImages, removeStore } from '../containers/index.ts';
import { removeGenerations, SOURCES } from '../generations/index.ts';
import { defaultCacheDirectory, removeStrays } from '../world/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { interruption } from './interruption.ts';
import { flag, oneOf, text } from './options.ts';
import { print } from './print.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = {
  build: flag('makes those that are missing or out of date'),
  export: text(
    '<file>',
    'makes them and writes all of them to a file, for a site without a registry and packages',
    'a file',
  ),
  import: text('<file>', 'reads them from such a file', 'a file'),
  generation: {
    value: '<name>',
    says: `of which generation, where an image can be of one: ${SOURCES.join(', ')} (default: host, as this machine is)`,
    schema: oneOf(...SOURCES),
    fallback: 'host',
  },
  remove: flag('removes all of them, and the programs of generations; not together with the others'),
} as const;

/** `proxyproof images`. */
export const images = verb({
  options,
  examples: ['images --build', 'images --export images.tar', 'images --import images.tar'],
  act,
});

const MAKING = {
  what: 'Making images',
  stopping: 'stopping the builds and removing unfinished images',
  // It takes a Docker daemon to remove them.
  limitMs: 60_000,
  left: 'Finished images stay. Nothing else is left.',
} as const;

async function act({ options: asked, terminal }: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const stop = interruption(terminal, MAKING);
  const { signal } = stop;
  const say = (line: string): void => print(terminal.stdout, `${line}\n`);
  const file = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(terminal.cwd, path);
  const cacheDir = defaultCacheDirectory(terminal.env);
  try {
    if (asked.remove) {
      if (asked.build || asked.import || asked.export) {
        throw new UsageError('--remove cannot be combined with --build, --export or --import. Call images twice.');
      }
      await removeStore(cacheDir, { say, signal });
      await removeGenerations(cacheDir);
      say('removed all images');
      return EXIT.ok;
    }
    const [from, to] = [file(asked.import), file(asked.export)];
    if (from || to || asked.build) {
      for (const each of await removeStrays())
        print(terminal.stderr, `proxyproof: removed what was left earlier: ${each}\n`);
    }
    const making = { say, signal };
    const store = await ImageStore.open(cacheDir, asked.generation);
    if (from) await importImages(store, from, making);
    if (asked.build || to) await buildImages(store, making);
    if (to) await exportImages(store, to, making);
    await list(store, say);
    return EXIT.ok;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UsageError) throw error;
    throw new EnvironmentError((error as Error).message, { cause: error });
  } finally {
    stop.finished();
  }
}

async function list(store: ImageStore, say: (line: string) => void): Promise<void> {
  const held = await store.held();
  for (const { reference, uses, suite } of store.inputs) {
    const state = held.has(reference) ? 'here     ' : 'not made ';
    say(
      `${state} ${reference}${uses.length > 0 ? `  (on ${uses.join(', ')})` : ''}${suite === undefined ? '' : `  of ${suite}`}`,
    );
  }
}
