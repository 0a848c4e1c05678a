/** Forty secrets, such as people and programs make them. */
export const SECRETS: readonly string[] = [
  'hunter22',
  'correct horse battery staple',
  'p@ss:w/ord#1?',
  'p@ssw/rd',
  '100%sure',
  '50%25off%41',
  'a+b=c&d+e',
  'quo"ted"pass',
  "it's-a-secret",
  'back\\slash\\n',
  'tab\tand\nline',
  '<script>&amp;</script>',
  '&lt;&#64;&gt;!',
  '$HOME/$(id)',
  '`tick`ed`',
  'pässwörd-é',
  'ÄÖÜ-ß-straße',
  'пароль-секрет',
  '密码是秘密的',
  'emoji-😀-🔑-pw',
  'naïve café ☕',
  'glrt-t1_aB3dE5fG7hI9jK1lM3',
  'glcbt-64_xYz123abcDEF456ghiJ',
  'glpat-AbCdEfGhIjKlMnOpQrSt',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sIgNaTuRe-_x',
  'AKIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'deadbeefcafe0123',
  '0123456789',
  'AAAAAAAA',
  'aB3!',
  'x'.repeat(300),
  'semi;colon,comma',
  '{"json":"yes"}',
  '[1,2,3]{4}(5)',
  '.*+?^$|regex',
  '~tilde~_under-',
  '  spaced  out  ',
  'CORP\\user:pa ss',
  'https://looks.like/a?url#one',
];

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const percentAll = (text: string): string => [...utf8(text)].map((byte) => `%${hex(byte)}`).join('');
const hex = (byte: number): string => byte.toString(16).padStart(2, '0').toUpperCase();
const isLatin1 = (text: string): boolean => [...text].every((each) => each <= '\u00ff');
const latin1 = (text: string): Buffer => Buffer.from(text, isLatin1(text) ? 'latin1' : 'utf8');
const entities = (text: string, write: (code: number) => string): string =>
  [...text].map((each) => (/[A-Za-z0-9 ]/.test(each) ? each : `&${write(each.codePointAt(0) ?? 0)};`)).join('');
const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  ä: '&auml;',
  ö: '&ouml;',
  é: '&eacute;',
  ß: '&szlig;',
  Ä: '&Auml;',
  ï: '&iuml;',
};
/** Go's encoding/json escapes HTML, and what is not ASCII here. */
const goJson = (text: string): string =>
  json(text)
    .replace(/[<>&]/g, (each) => `\\u00${each.charCodeAt(0).toString(16)}`)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
const user = (length: number): string => 'someuser'.slice(0, length);

/** How a secret may be written. */
export const ENCODINGS: Readonly<Record<string, (secret: string) => string>> = {
  'as it stands': (secret) => secret,
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (secret) => encodeURIComponent(secret).replace(/%../g, (each) => each.toLowerCase()),
  'percent-encoded throughout': percentAll,
  'percent-encoded in part': encodeURI,
  'percent-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'a form': (secret) => new URLSearchParams({ v: secret }).toString().slice(2),
  JSON: json,
  'JSON in JSON': (secret) => json(json(secret)),
  'JSON in JSON in JSON': (secret) => json(json(json(secret))),
  "Go's JSON": goJson,
  "Go's JSON in JSON": (secret) => json(goJson(secret)),
  'decimal entities': (secret) => entities(secret, (code) => `#${code}`),
  'hexadecimal entities': (secret) => entities(secret, (code) => `#x${code.toString(16)}`),
  'named entities': (secret) => secret.replace(/[&<>"'äöéßÄï]/g, (each) => NAMED[each] ?? each),
  'Base64 of user:secret, 3 letters': (secret) => utf8(`${user(2)}:${secret}`).toString('base64'),
  'Base64 of user:secret, 4 letters': (secret) => utf8(`${user(3)}:${secret}`).toString('base64'),
  'Base64 of user:secret, 5 letters': (secret) => utf8(`${user(4)}:${secret}`).toString('base64'),
  'base64url of user:secret': (secret) => utf8(`${user(6)}:${secret}`).toString('base64url'),
  'Base64 of Latin-1': (secret) => latin1(`${user(5)}:${secret}`).toString('base64'),
  'Base64 of JSON': (secret) => utf8(JSON.stringify({ auth: secret })).toString('base64'),
  'Base64 in Base64': (secret) => Buffer.from(utf8(`u:${secret}`).toString('base64')).toString('base64'),
  'Base64, percent-encoded': (secret) => encodeURIComponent(utf8(`us:${secret}`).toString('base64')),
  'Base64 in lines': (secret) =>
    utf8(`use:${secret}`)
      .toString('base64')
      .replace(/.{16}(?=.)/g, '$&\r\n '),
  hexadecimal: (secret) => utf8(secret).toString('hex'),
  'hexadecimal in upper case': (secret) => utf8(secret).toString('hex').toUpperCase(),
  'UTF-8 read as Latin-1': (secret) => utf8(secret).toString('latin1'),
};
