import type { ProfileName } from '../profile/index.ts';
import { SubjectError } from './resolve-error.ts';
import { nearNames } from './resolve-near.ts';
import type { Driver } from './subject.ts';

/**
 * The reference runner, or one of its mutants.
 * @param name `reference` or `reference:MUTANT`
 * @throws SubjectError when there is no such mutant
 */
export async function resolveReference(name: string, profile?: ProfileName): Promise<Driver> {
  const { mutantNames, referenceDriver } = await import('./reference/index.ts');
  const mutant = name === 'reference' ? undefined : name.slice('reference:'.length);
  if (mutant !== undefined && !mutantNames.includes(mutant)) throw unknownMutant(mutant, mutantNames);
  return referenceDriver({ ...(profile ? { profile } : {}), ...(mutant === undefined ? {} : { mutant }) });
}

function unknownMutant(mutant: string, mutantNames: readonly string[]): SubjectError {
  const near = nearNames(mutant, mutantNames);
  const advice =
    near.length > 0 ? `Did you mean ${near.join(', or ')}?` : `There are ${[...mutantNames].sort().join(', ')}.`;
  return new SubjectError('usage', `The reference runner has no mutant called “${mutant}”. ${advice}`);
}
