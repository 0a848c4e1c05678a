import { globSync } from 'node:fs';
import { join } from 'node:path';
import { exportedTypes } from './exported-types.ts';

/**
 * Looks for types of `harness/` that different files export by one name: one word is for one thing.
 * @param root a project
 * @returns a sentence for each such name
 */
export function checkNames(root: string): string[] {
  const files = globSync('harness/**/*.ts', { cwd: root }).sort();
  const declared = files.flatMap((file) => exportedTypes(join(root, file)).map((name) => ({ name, file })));
  return [...Map.groupBy(declared, ({ name }) => name)]
    .filter(([, twins]) => twins.length > 1)
    .map(([name, twins]) => {
      const where = twins.map(({ file }) => file).join(' and ');
      return `The type ${name} is exported by ${where}. Give each thing a word of its own.`;
    });
}
