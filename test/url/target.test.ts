import { expect, it } from 'vitest';
import { originForm, withoutScheme, withUserinfo } from '../../harness/url/index.ts';

it.each([
  ['http://a.test:8080/x?y=http://b', '/x?y=http://b'],
  ['http://a.test', '/'],
  ['http://a.test?q', '?q'],
  ['/x?u=http://b/', '/x?u=http://b/'],
  ['a.test:443', 'a.test:443'],
  ['*', '*'],
  ['', '/'],
])('of the target %j an origin is asked for %j', (target, path) => expect(originForm(target)).toBe(path));

it.each([
  ['HTTP://u:p@h:1/', 'u:p@h:1/'],
  ['h:1', 'h:1'],
  ['h?x=a://b', 'h?x=a://b'],
])('%j without its scheme is %j', (url, rest) => expect(withoutScheme(url)).toBe(rest));

it.each([
  ['https://h:1/a@b', 'https://U:P@h:1/a@b'],
  ['http://u:p@q@h', 'http://U:P@h'],
  ['h:1', 'U:P@h:1'],
  ['http://@h', 'http://U:P@h'],
])('%j with userinfo is %j', (url, expected) => expect(withUserinfo(url, 'U:P')).toBe(expected));
