import { describe, expect, it } from 'vitest';
import { profileNames } from '../../../harness/profile/index.ts';
import { honestBehaviour } from '../../../harness/runner/reference/honest.ts';
import { findMutant, mutants, referenceDriver } from '../../../harness/runner/reference/index.ts';

describe('the mutants', () => {
  it('have names of their own, and one sentence each', () => {
    expect(new Set(mutants.map((each) => each.name)).size).toBe(mutants.length);
    for (const { name, says } of mutants) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
      expect(says).toMatch(/^[A-Z].*\.$/);
      expect(says).not.toMatch(/\. /);
    }
  });

  it.each(profileNames)('swap policies and nothing else, profile %s', (profile) => {
    const honest = honestBehaviour(profile);
    for (const mutant of mutants) {
      const changed = mutant.change(honest);
      expect(changed, mutant.name).not.toEqual(honest);
      expect(Object.keys(changed)).toEqual(Object.keys(honest));
      expect({ version: changed.version, api: changed.api }).toEqual({ version: honest.version, api: honest.api });
    }
  });

  it('are found by name', () => {
    expect(findMutant('ignores-reset-time')?.name).toBe('ignores-reset-time');
    expect(findMutant('ignores-everything')).toBeUndefined();
  });
});

describe('the driver', () => {
  it.each([
    ['14.10', '14.10.1', 'pre_clone_script'],
    ['18.3', '18.3.0', 'pre_get_sources_script'],
  ] as const)('of profile %s is version %s', (profile, version, getSourcesHookName) => {
    const driver = referenceDriver({ profile });
    expect(driver).toMatchObject({
      identity: { kind: 'reference', version, path: 'reference' },
      profile,
      clock: 'simulated',
      getSourcesHookName,
    });
    expect(driver.cannot('lfs')).toBeUndefined();
  });

  it('names its mutant', () => {
    const driver = referenceDriver({ profile: '18.3', mutant: 'skips-the-hook' });
    expect(driver.identity.path).toBe('reference:skips-the-hook');
  });

  it('knows no others', () => {
    expect(() => referenceDriver({ mutant: 'skips-all' })).toThrow(/no mutant called skips-all. Name one of these: /);
  });
});
