import { lt } from 'semver';
import { describe, expect, it } from 'vitest';
import {
  getSourcesHookName,
  getSourcesHookNames,
  isAtLeast,
  profileFor,
  profileNames,
  profileOf,
  releaseOf,
  under,
} from '../../harness/profile/index.ts';

describe('the table', () => {
  it('is in order, the oldest first, and each name is there once', () => {
    const since = profileNames.map((name) => profileOf(name).since);
    expect(since.toSorted((a, b) => (lt(a, b) ? -1 : 1))).toEqual(since);
    expect(new Set(profileNames).size).toBe(profileNames.length);
  });

  it.each(profileNames)('%s is for the version of its reference runner and for the first it names', (name) => {
    const { since, reference } = profileOf(name);
    expect(profileFor(releaseOf(reference.version))).toBe(name);
    expect(profileFor(releaseOf(since))).toBe(name);
  });
});

describe('the profile of a version', () => {
  it.each([
    ['12.0.0', '14.10'],
    ['14.10.1', '14.10'],
    ['17.4.2', '14.10'],
    ['17.5.0', '17.5'],
    ['17.11.4', '17.5'],
    ['18.2.2', '17.5'],
    ['18.3.0~pre.88.g1234abcd', '18.3'],
    ['18.10.1', '18.3'],
    ['18.11.0', '18.11'],
    ['v19.3.0', '18.11'],
    ['development version', '18.11'],
  ])('%s has %s', (version, profile) => {
    expect(profileFor(releaseOf(version))).toBe(profile);
  });
});

describe('what holds under a profile', () => {
  it('is what the profile before it has, where it has nothing of its own', () => {
    expect(new Set(profileNames.map((name) => under(name, { '14.10': 'R' })))).toEqual(new Set('R'));
    expect(under('14.10', { '14.10': 'C', '18.3': 'R' })).toBe('C');
    expect(under('17.5', { '14.10': 'C', '18.3': 'R' })).toBe('C');
    expect(under('18.3', { '14.10': 'C', '18.3': 'R' })).toBe('R');
    expect(under('18.11', { '14.10': 'C', '18.3': 'R' })).toBe('R');
  });
});

describe('the name of the get-sources hook', () => {
  it.each([
    ['15.8.2', ['pre_clone_script']],
    ['15.9.0', ['pre_get_sources_script', 'pre_clone_script']],
    ['16.11.4', ['pre_get_sources_script', 'pre_clone_script']],
    ['17.0.0', ['pre_get_sources_script']],
    ['development version', ['pre_get_sources_script']],
  ])('of %s is %j', (version, names) => {
    expect(getSourcesHookNames(releaseOf(version))).toEqual(names);
    expect(getSourcesHookName(releaseOf(version))).toBe(names[0]);
  });
});

it('a build without a number is newer than every release', () => {
  expect(releaseOf('development version')).toBeUndefined();
  expect(isAtLeast(undefined, '99.0.0')).toBe(true);
});
