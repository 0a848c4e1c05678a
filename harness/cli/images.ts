import { resolve } from 'node:path';
import { EnvironmentError } from '../conformance/index.ts';
import { buildImages, exportImages, ImageStore, importImages, removeStore } from '../containers/index.ts';
import { defaultCacheDirectory } from '../world/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Invocation } from './verbs.ts';

/** `proxyproof images`. */
export async function images(invocation: Invocation): Promise<ExitCode> {
  const { options, terminal } = invocation;
  const say = (line: string): void => void terminal.stdout.write(`${line}\n`);
  const file = (name: 'export' | 'import'): string | undefined =>
    typeof options[name] === 'string' ? resolve(terminal.cwd, options[name]) : undefined;
  const cacheDir = defaultCacheDirectory(terminal.env);
  try {
    if (options['remove'] === true) {
      await removeStore(cacheDir);
      say('removed all images');
      return EXIT.ok;
    }
    const store = await ImageStore.open(cacheDir);
    const [from, to] = [file('import'), file('export')];
    if (from) await importImages(store, from);
    if (options['build'] === true || to) await buildImages(store, say);
    if (to) await exportImages(store, to);
    await list(store, say);
    return EXIT.ok;
  } catch (error) {
    throw new EnvironmentError((error as Error).message, { cause: error });
  }
}

async function list(store: ImageStore, say: (line: string) => void): Promise<void> {
  const held = await store.held();
  for (const { name, uses } of store.inputs) {
    const reference = store.reference(name);
    const state = held.has(reference) ? 'here     ' : 'not made ';
    say(`${state} ${reference}${uses.length > 0 ? `  (on ${uses.join(', ')})` : ''}`);
  }
}
