import type { Driver } from '../subject.ts';
import { findMutant, type Mutant, mutantNames } from './mutants/index.ts';
import { profiles, type ReferenceProfile } from './profiles.ts';
import { referenceInstallation } from './program/installation.ts';
import { ReferenceSubject } from './subject.ts';

/** Which reference runner. */
export interface ReferenceOptions {
  /** The version of the documentation that it follows; 14.10, where all of it began, by default. */
  readonly profile?: ReferenceProfile;
  /** The name of the one fault it has. */
  readonly mutant?: string;
}

/**
 * Drives the reference runner: it lives in this process, on the world's clock, and does what the profile's page says.
 * @throws RangeError when there is no such mutant
 */
export function referenceDriver(options: ReferenceOptions = {}): Driver {
  const profile = options.profile ?? '14.10';
  const mutant = options.mutant === undefined ? undefined : existing(options.mutant);
  const honest = profiles[profile];
  const behaviour = mutant ? mutant.change(honest) : honest;
  const path = mutant ? `reference:${mutant.name}` : 'reference';
  const identity = { kind: 'reference' as const, version: honest.version, path };
  return {
    identity,
    profile,
    clock: 'simulated',
    cannot: () => undefined,
    getSourcesHookName: profile === '14.10' ? 'pre_clone_script' : 'pre_get_sources_script',
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
