import { describe, expect, it } from 'vitest';
import { mutantNames } from '../../harness/runner/reference/index.ts';
import { SubjectError } from '../../harness/runner/resolve/error.ts';
import { resolveSubject } from '../../harness/runner/resolve/resolve.ts';

const resolve = (name: string, profile?: '14.10' | '18.3') =>
  resolveSubject(name, { cacheDir: '/nowhere', env: {}, ...(profile ? { profile } : {}) });

describe('the reference runner', () => {
  it.each(['14.10', '18.3'] as const)('follows profile %s', async (profile) => {
    const driver = await resolve('reference', profile);
    expect(driver).toMatchObject({ identity: { kind: 'reference' }, profile, clock: 'simulated' });
  });

  it.each(mutantNames)('can be %s', async (mutant) => {
    expect((await resolve(`reference:${mutant}`)).identity.path).toBe(`reference:${mutant}`);
  });

  it.each(mutantNames)('has not every mutant one can think of, but thinks of %s', async (mutant) => {
    const refused = resolve(`reference:${mutant}x`);
    await expect(refused).rejects.toThrow(`no mutant called “${mutant}x”. Did you mean ${mutant}`);
    await expect(refused).rejects.toBeInstanceOf(SubjectError);
  });

  it('lists them all when none is near', async () => {
    await expect(resolve('reference:')).rejects.toThrow([...mutantNames].sort().join(', '));
    await expect(resolve('reference:zzzzzzzzzzzzzzzzzzzz')).rejects.toMatchObject({ reason: 'usage' });
  });
});
