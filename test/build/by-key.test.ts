import { describe, expect, it } from 'vitest';
import { byKey, keyOf } from '../../build/by-key.ts';

const CASES = new URL('../diagnosis/cases/', import.meta.url).pathname;
const mistake = { clean: false, expect: [{ cause: 'a/b' }, { cause: 'c/d' }] };

describe('what came of a case, by its key', () => {
  it('is read beside the files, where there is one', () => {
    expect(keyOf(`${CASES}a-all-proxy-old/files`)?.expect[0]?.cause).toBe('versions/all-proxy-http');
    expect(keyOf(`${CASES}a-all-proxy-old`)).toBeUndefined();
  });
  it('is right when an expected cause is proved, alone or with others', () => {
    expect(byKey(mistake, { worksHere: false, proved: ['x/y', 'c/d'] })).toBe('right');
  });
  it('says what was wanted when another is proved, or none', () => {
    expect(byKey(mistake, { worksHere: false, proved: ['page/no-environment'] })).toBe('the key has `a/b` and `c/d`');
    expect(byKey(mistake, { worksHere: true, proved: [] })).toBe('the key has `a/b` and `c/d`');
  });
  it('is right for a clean one only when it works here', () => {
    expect(byKey({ clean: true, expect: [] }, { worksHere: true, proved: [] })).toBe('right');
    expect(byKey({ clean: true, expect: [] }, { worksHere: false, proved: ['a/b'] })).toBe('the key has no mistake');
  });
});
