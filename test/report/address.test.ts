import { describe, expect, it } from 'vitest';
import { readAddress, writeAddress } from '../../harness/report/html/browser/address.ts';

describe('the address of what report.html shows', () => {
  it.each([
    { open: 'case-9', only: [], find: '' },
    { only: ['fail', 'error'], find: 'squid 50% & more #1,2' },
    { open: 'case-12', only: ['unexpected'], find: 'ümlaut+plus' },
    { only: [], find: '' },
  ])('is read as it was written: %o', (address) => {
    expect(readAddress(writeAddress(address))).toEqual(address);
  });

  it('is what the terminal prints for a case, and can be written by hand', () => {
    expect(writeAddress({ open: 'case-9', only: [], find: '' })).toBe('#case-9');
    expect(readAddress('#only=fail,error&find=proxy%20down')).toEqual({ only: ['fail', 'error'], find: 'proxy down' });
    expect(readAddress('')).toEqual({ only: [], find: '' });
    expect(readAddress('#matrix')).toEqual({ only: [], find: '' });
  });
});
