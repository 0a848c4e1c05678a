import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { importsOf } from './imports.ts';
import { forbidden, type Layers } from './rules.ts';

/**
 * Looks at every import of `harness/` and `scenarios/`.
 * @param root a project with its `layers.json`
 * @returns a sentence for each import that must not be
 */
export function checkLayers(root: string): string[] {
  const layers = JSON.parse(readFileSync(join(root, 'layers.json'), 'utf8')) as Layers;
  const files = globSync('{harness,scenarios}/**/*.ts', { cwd: root }).sort();
  return files.flatMap((from) =>
    importsOf(join(root, from))
      .filter((name) => name.startsWith('.'))
      .flatMap((name) => forbidden(from, posix.join(dirname(from), name), layers) ?? []),
  );
}
