import { describe, expect, it } from 'vitest';
import { worldNames } from '../../harness/world/known-as.ts';
import type { WorldSpec } from '../../harness/world/spec.ts';
import { worldMisfit } from '../../harness/world/spec-schema.ts';

const SPEC: WorldSpec = {
  proxy: { kind: 'keep-alive' },
  docker: {},
  registry: { tls: true },
  knownAs: {
    'gitlab.corp.example:443': 'gitlab',
    'Registry.corp.example:5000': 'registry',
    'registry-1.docker.io:443': 'registry',
    '10.1.2.3:8080': 'proxy',
  },
  open: ['gitlab.corp.example:443'],
};

describe('names that a declaration gives peers', () => {
  const names = worldNames(SPEC);

  it('lead to an address each, beside those of the world itself', () => {
    expect(names.lookup('gitlab.test')).toBe('192.0.2.10');
    const addresses = ['gitlab.corp.example', 'registry.corp.example', 'registry-1.docker.io'].map(names.lookup);
    expect(new Set(addresses).size).toBe(3);
    expect(addresses.map((each) => names.nameOf(each ?? ''))).toEqual([
      'gitlab.corp.example',
      'registry.corp.example',
      'registry-1.docker.io',
    ]);
    expect(names.lookup('10.1.2.3')).toBe('10.1.2.3');
    expect(names.lookup('elsewhere.corp.example')).toBeUndefined();
  });

  it('are a peer at their port alone, by name and by address', () => {
    expect(names.knownAt('GitLab.corp.example.', 443)).toMatchObject({ peer: 'gitlab', open: true });
    expect(names.knownAt(names.lookup('registry.corp.example') ?? '', 5000)).toMatchObject({
      peer: 'registry',
      open: false,
    });
    expect(names.knownAt('registry.corp.example', 443)).toBeUndefined();
    expect(names.knownAt('10.1.2.3', 8080)?.peer).toBe('proxy');
  });

  it('are in the order of the declaration, the first of which the peer gives out', () => {
    expect(names.of('registry').map(({ host }) => host)).toEqual(['registry.corp.example', 'registry-1.docker.io']);
  });

  it('leave it to `direct` who is reached without the proxy, where nothing is said', () => {
    expect(
      worldNames({ knownAs: { 'gitlab.corp.example:443': 'gitlab' } }).knownAt('gitlab.corp.example', 443)?.open,
    ).toBeUndefined();
  });
});

describe('a declaration of names', () => {
  const misfit = (knownAs: NonNullable<WorldSpec['knownAs']>, more: Partial<WorldSpec> = {}) =>
    worldMisfit({ ...SPEC, open: [], ...more, knownAs })?.says;

  it('that is right is taken', () => expect(worldMisfit(SPEC)).toBeUndefined());

  it.each([
    ['gitlab.corp.example', 'names no port'],
    ['192.0.2.10:443', 'is an address of the world itself'],
    ['172.17.0.1:3128', 'is an address of the world itself'],
    ['localhost:80', 'is the subject itself'],
    ['not a name:80', 'is neither a name nor an IPv4 address'],
  ])('of %s is refused', (key, says) => expect(misfit({ [key]: 'gitlab' })).toContain(says));

  it('of a peer that is not there is refused', () => {
    expect(misfit({ 'other.corp.example:3128': 'standby' })).toBe(
      'other.corp.example:3128 in knownAs is a name of the standby, which this world does not have',
    );
  });

  it('beside squid is refused', () => {
    expect(misfit({ 'gitlab.corp.example:443': 'gitlab' }, { proxy: { kind: 'squid' } })).toContain('not for squid');
  });

  it('that opens what it does not name is refused', () => {
    expect(worldMisfit({ ...SPEC, open: ['other.corp.example:443'] })?.says).toBe(
      'other.corp.example:443 in open is none of knownAs',
    );
  });
});
