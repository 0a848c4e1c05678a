import { describe, expect, it } from 'vitest';
import { FormDigest } from '../../harness/ledger/exchange/form-digest.ts';
import { boundaryOf } from '../../harness/ledger/index.ts';

const form = (boundary: string, content: string): Buffer =>
  Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"\r\n\r\n${content}\r\n--${boundary}--\r\n`);

function digest(boundary: string, body: Buffer, step = body.length): string {
  const meter = new FormDigest(boundary);
  for (let at = 0; at < body.length; at += step) meter.add(body.subarray(at, at + step));
  return meter.end();
}

describe('the digest of a form', () => {
  it('is the same with another boundary, and in whatever pieces it comes', () => {
    const whole = digest('abc', form('abc', 'content'));
    expect(digest('another-one', form('another-one', 'content'))).toBe(whole);
    for (let step = 1; step < 20; step++) expect(digest('abc', form('abc', 'content'), step)).toBe(whole);
  });

  it('is another with another content of the same length', () => {
    expect(digest('abc', form('abc', 'content'))).not.toBe(digest('abc', form('abc', 'kontent')));
  });
});

describe('the boundary of a form', () => {
  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['multipart/form-data; boundary="a b"', 'a b'],
    ['Multipart/Form-Data; charset=utf-8; boundary=abc', 'abc'],
    ['application/json', undefined],
    [undefined, undefined],
  ])('%s: %s', (type, boundary) => expect(boundaryOf(type)).toBe(boundary));
});
