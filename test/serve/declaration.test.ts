import { describe, expect, it } from 'vitest';
import { readDeclaration, writeDeclaration } from '../../harness/serve/declaration.ts';

describe("a lab's declaration", () => {
  it('is a world as scenarios declare one', () => {
    expect(readDeclaration('world:\n  proxy: { kind: squid }\nrateLimit: hangs\n')).toEqual({
      world: { proxy: { kind: 'squid' } },
      rateLimit: 'hangs',
      steps: [],
    });
    expect(readDeclaration('')).toEqual({ world: {}, steps: [] });
  });

  it('makes up the passwords that it leaves out, and writes none', () => {
    const { world } = readDeclaration('world: { proxy: { kind: basic, auth: { scheme: basic, user: alice } } }');
    expect(world.proxy?.auth).toMatchObject({ user: 'alice', password: expect.stringMatching(/^\S{20}$/) });
    const written = writeDeclaration({ world, steps: [] });
    expect(written).not.toContain(world.proxy?.auth?.password);
    expect(readDeclaration(written).world.proxy?.auth?.user).toBe('alice');
  });

  it('reads what it has written, steps included', () => {
    const steps = [{ at: 12, action: { do: 'fault-on', proxy: 'proxy', fault: { fault: 'refuse' }, id: 1 } }] as const;
    const declaration = { world: { gitlab: {} }, rateLimit: 'unavailable', cntlm: true, steps } as const;
    expect(readDeclaration(writeDeclaration(declaration))).toEqual(declaration);
  });

  it.each([
    ['a: [', 'it is no YAML'],
    ['wrld: {}', 'wrld'],
    ['world: { proxy: { kind: tinyproxy } }', 'proxy'],
    ['world: { gitlab: { jbs: [] } }', 'jbs'],
    ['steps: [{ at: 1, action: { do: dance } }]', 'steps'],
    ['rateLimit: sometimes', 'rateLimit'],
  ])('says what means nothing: %s', (text, says) => {
    expect(() => readDeclaration(text)).toThrow(says);
  });
});
