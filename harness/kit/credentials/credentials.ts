import type { Axis } from '../../conformance/authoring.ts';
import type { ForwardProxy } from '../../proxy/handle.ts';
import type { ProxyAuth } from '../../proxy/spec.ts';
import { withUserinfo } from '../../url/index.ts';

/** A user name takes no colon (RFC 7617 section 2). */
const PAIRS = {
  plain: ['proxyuser', 'plain-secret-1'],
  at: ['us@er', 'p@ss@word'],
  colon: ['colonuser', 'pa:ss:word'],
  slash: ['us/er', 'pa/ss//word'],
  hash: ['us#er', 'pa#ss#word'],
  // `%41` is a letter A for whoever decodes once too often, and `%zz` no escape at all.
  percent: ['us%er', '50%25off%41%zz'],
  dollar: ['us$er', 'pa$$word$HOME'],
  quotes: [`us"er'`, `pa'ss"word`],
  space: ['us er', 'pa ss  word'],
  'non-ascii': ['müller', 'pässwörd-ключ'],
  'backslash-domain': ['CORP\\user', 'pa\\ssword'],
  equals: ['us=er', 'pa=ss==word='],
  plus: ['us+er', 'pa+ss++word'],
  // Those of RFC 3986 section 2.2, the colon in the password alone.
  reserved: ["us/?#[]@!$&'()*+,;=er", ":/?#[]@!$&'()*+,;="],
  // Those of them that need not be encoded (section 3.2.1), as they stand.
  unencoded: ["us!$&'()*+,;=er", "pa!$&'()*+,;=word"],
  // Their percent codes are written in small letters, which mean the same (section 2.1).
  'lower-case-codes': ['us/er', 'pa:ss?word+'],
  // More than the 57 bytes that fill a line of Base64 where it is broken into lines (RFC 2045 section 6.8).
  long: ['a-user-name-of-some-length', 'a-pass-phrase-that-is-longer-than-a-line-of-base64-in-a-mail'],
  'no-password': ['user-without-password', ''],
  all: [`CORP\\us@/#%$"' é`, `@:/#%25$"' \\ß+&?=`],
} as const satisfies Record<string, readonly [user: string, password: string]>;

type CredentialName = keyof typeof PAIRS;

/** User names and passwords, each with one class of characters that must be encoded in a URL; then all together. */
export const credentialsAxis = { values: Object.keys(PAIRS) as CredentialName[] } as const satisfies Axis;

/** The URL of a proxy as a user writes it. @param name of the credentials in it, a value of {@link credentialsAxis} */
export function asWritten(
  name: string | undefined,
  { url, urlWithoutCredentials, auth }: Pick<ForwardProxy, 'url' | 'urlWithoutCredentials' | 'auth'>,
): string {
  if (name === 'unencoded') return withUserinfo(urlWithoutCredentials, `${auth.user}:${auth.password}`);
  return name === 'lower-case-codes' ? url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()) : url;
}

/** The credentials of a case. @param name a value of {@link credentialsAxis}; `plain` when left out */
export function credentialsOf(name: string | undefined): ProxyAuth {
  const [user, password] = PAIRS[(name ?? 'plain') as CredentialName];
  return { scheme: 'basic', user, password };
}
