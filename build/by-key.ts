import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const keySchema = z.object({ clean: z.boolean(), expect: z.array(z.object({ cause: z.string() })) });

/** What a case is known to be: free of mistakes, or with these causes. */
export type Key = z.infer<typeof keySchema>;

/**
 * The key of a bundle: case.yaml beside its folder `files`.
 * @returns undefined for a bundle that has none
 * @throws Error of zod or yaml for one that is not understood
 */
export function keyOf(bundle: string): Key | undefined {
  const path = join(dirname(bundle), 'case.yaml');
  return basename(bundle) === 'files' && existsSync(path)
    ? keySchema.parse(parse(readFileSync(path, 'utf8')))
    : undefined;
}

/**
 * Whether what came of a case is what its key says: a clean one works here, of another one an expected cause is among the
 * proved ones.
 * @param came `proved`: causes of the remedies with which everything works
 * @returns "right", or what the key says
 */
export function byKey(
  { clean, expect }: Key,
  came: { readonly worksHere: boolean; readonly proved: readonly string[] },
) {
  if (clean) return came.worksHere ? 'right' : 'the key has no mistake';
  const causes = expect.map(({ cause }) => cause);
  if (causes.some((each) => came.proved.includes(each))) return 'right';
  return `the key has ${causes.map((each) => `\`${each}\``).join(' and ')}`;
}
