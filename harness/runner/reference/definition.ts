import type { SubjectDefinition } from '../definition.ts';
import { SubjectError } from '../resolve/error.ts';
import { nearNames } from '../resolve/near.ts';

const KIND = 'reference';
const MUTANT = `${KIND}:`;

/** The runner that comes with Proxyproof, and its mutants. */
export const reference = {
  kind: KIND,
  named: {
    takes: [KIND, `${MUTANT}MUTANT`],
    claims: (name) => name === KIND || name.startsWith(MUTANT),
    driver: async (name, { profile }) => {
      const { mutantNames, referenceDriver } = await import('./index.ts');
      const mutant = name === KIND ? undefined : name.slice(MUTANT.length);
      if (mutant !== undefined && !mutantNames.includes(mutant)) throw unknownMutant(mutant, mutantNames);
      return referenceDriver({ ...(profile ? { profile } : {}), ...(mutant === undefined ? {} : { mutant }) });
    },
  },
} as const satisfies SubjectDefinition<typeof KIND>;

function unknownMutant(mutant: string, mutantNames: readonly string[]): SubjectError {
  const near = nearNames(mutant, mutantNames);
  const advice =
    near.length > 0 ? `Did you mean ${near.join(', or ')}?` : `There are ${[...mutantNames].sort().join(', ')}.`;
  return new SubjectError('usage', `The reference runner has no mutant called “${mutant}”. ${advice}`);
}
