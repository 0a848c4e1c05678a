import { firstProfile, getSourcesHookName, releaseOf } from '../../profile/index.ts';
import type { Driver } from '../subject.ts';
import { honestBehaviour } from './honest.ts';
import { findMutant, type Mutant, mutantNames } from './mutants/index.ts';
import type { ReferenceOptions } from './options.ts';
import { referenceInstallation } from './program/installation.ts';
import { ReferenceSubject } from './subject.ts';

/**
 * Drives the reference runner: it lives in this process, on the world's clock, and does what the profile's page says.
 * @throws RangeError when there is no such mutant
 */
export function referenceDriver(options: ReferenceOptions = {}): Driver<'reference'> {
  const profile = options.profile ?? firstProfile;
  const mutant = options.mutant === undefined ? undefined : existing(options.mutant);
  const honest = (options.varies ?? ((same) => same))(honestBehaviour(profile));
  const behaviour = mutant ? mutant.change(honest) : honest;
  const path = mutant ? `reference:${mutant.name}` : 'reference';
  const identity = { kind: 'reference' as const, version: honest.version, path };
  return {
    identity,
    profile,
    actsByProfile: true,
    clock: 'simulated',
    cannot: () => undefined,
    getSourcesHookName: getSourcesHookName(releaseOf(honest.version)),
    subject: (host) => new ReferenceSubject(identity, host, behaviour),
    installation: () => referenceInstallation({ ...options, profile }),
  };
}

function existing(name: string): Mutant {
  const mutant = findMutant(name);
  if (mutant) return mutant;
  throw new RangeError(
    `The reference runner has no mutant called ${name}. Name one of these: ${mutantNames.join(', ')}.`,
  );
}
