/**
 * What a proxy of ours must do with a request: refuse it and close, or pass on one request and no other. Where the
 * standard leaves it to a reader, parsers differ.
 */
export interface SmuggledRequest {
  readonly name: string;
  /**
   * `{url}`, `{host}`, `{port}` and `{auth}` stand for the origin's URL, its host with port, its port, and the line with
   * right credentials; `{path}` for a path of this request's own.
   */
  readonly bytes: string;
  readonly must: 'be refused' | 'be one request' | 'be refused or be one request';
  /** What the record says of it. */
  readonly flag?: RegExp;
  /** The body that the origin gets. */
  readonly body?: string;
}

/** A second request, hidden in the first. */
const HIDDEN = 'GET {url}/hidden HTTP/1.1\r\nHost: {host}\r\n{auth}\r\n\r\n';

const refused = (name: string, bytes: string): SmuggledRequest => ({
  name,
  bytes,
  must: 'be refused',
  flag: /no valid HTTP request/,
});

const one = (name: string, bytes: string, more: { flag?: RegExp; body?: string } = {}): SmuggledRequest => ({
  name,
  bytes,
  must: 'be one request',
  ...more,
});

const either = (name: string, bytes: string): SmuggledRequest => ({
  name,
  bytes,
  must: 'be refused or be one request',
});

const head = (line: string, ...fields: string[]): string => `${[line, ...fields, '{auth}'].join('\r\n')}\r\n\r\n`;
const get = (...fields: string[]): string => head('GET {url}{path} HTTP/1.1', 'Host: {host}', ...fields);
const post = (fields: readonly string[], body: string): string =>
  head('POST {url}{path} HTTP/1.1', 'Host: {host}', ...fields) + body;
const chunked = (body: string): string => post(['Transfer-Encoding: chunked'], body);
const length = (value: string): string => post([`Content-Length:${value}`], `hello${HIDDEN}`);
const coding = (value: string): string => post([`Transfer-Encoding:${value}`], `5\r\nhello\r\n0\r\n\r\n${HIDDEN}`);
const line = (text: string): string => head(text, 'Host: {host}');

/** RFC 9112 section 3. */
const REQUEST_LINES: readonly SmuggledRequest[] = [
  either('two spaces in the request line', line('GET  {url}{path} HTTP/1.1')),
  refused('a tab in the request line', line('GET\t{url}{path}\tHTTP/1.1')),
  refused('a space in the target', line('GET {url}{path} b HTTP/1.1')),
  refused('a space before the method', line(' GET {url}{path} HTTP/1.1')),
  refused('a space behind the version', line('GET {url}{path} HTTP/1.1 ')),
  refused('no version', line('GET {url}{path}')),
  refused('a version of two digits', line('GET {url}{path} HTTP/1.11')),
  refused('HTTP/2.0', line('GET {url}{path} HTTP/2.0')),
  refused('HTTP/1.2', line('GET {url}{path} HTTP/1.2')),
  refused('http in small letters', line('GET {url}{path} http/1.1')),
  refused('a method that is no token', line('G(T {url}{path} HTTP/1.1')),
  refused('NUL in the target', line('GET {url}{path}\0b HTTP/1.1')),
  refused('a letter beyond ASCII in the target', line('GET {url}{path}\xe4 HTTP/1.1')),
  refused('a CR alone in the request line', line('GET {url}{path}\rHTTP/1.1')),
  one('an empty line before it', `\r\n${get()}`),
];

/** RFC 9112 section 3.2. */
const TARGETS: readonly SmuggledRequest[] = [
  refused('an absolute form with backslashes', line('GET http:\\\\{host}\\a HTTP/1.1')),
  refused('a backslash in the authority', line('GET {url}\\@elsewhere.test/ HTTP/1.1')),
  refused('an absolute form with one slash', line('GET http:/{host}{path} HTTP/1.1')),
  refused('an absolute form without slashes', line('GET http:{host}{path} HTTP/1.1')),
  refused('an absolute form without a host', line('GET http://{path} HTTP/1.1')),
  refused('a port that cannot be', line('GET http://gitlab.test:99999{path} HTTP/1.1')),
  refused('port 0', line('GET http://gitlab.test:0{path} HTTP/1.1')),
  refused('a port that is no number', line('GET http://gitlab.test:80x{path} HTTP/1.1')),
  refused('a percent-encoded host', line('GET http://%67itlab.test/a HTTP/1.1')),
  refused('two hosts in the authority', line('GET http://gitlab.test,elsewhere.test{path} HTTP/1.1')),
  one('a scheme and a host in capitals', line('GET HTTP://GITLAB.TEST:{port}{path} HTTP/1.1')),
  one('a user in the absolute form', line('GET http://user:secret@{host}{path} HTTP/1.1')),
  refused('a user in the authority of CONNECT', line('CONNECT user@{host} HTTP/1.1')),
  refused('a host of their own as the user of CONNECT', line('CONNECT {host}@elsewhere.test:80 HTTP/1.1')),
  refused('CONNECT without a port', line('CONNECT gitlab.test HTTP/1.1')),
  refused('CONNECT with a path', line('CONNECT {host}{path} HTTP/1.1')),
  refused('CONNECT with an absolute form', line('CONNECT {url}/ HTTP/1.1')),
  refused('CONNECT with a body', `${head('CONNECT {host} HTTP/1.1', 'Host: {host}', 'Content-Length: 5')}hello`),
  refused(
    'CONNECT with a chunked body',
    `${head('CONNECT {host} HTTP/1.1', 'Host: {host}', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  ),
];

/** RFC 9112 section 3.2, RFC 9110 section 7.2. */
const HOSTS: readonly SmuggledRequest[] = [
  refused('two Hosts', get('Host: elsewhere.test')),
  refused('two Hosts that say the same', get('Host: {host}')),
  refused('no Host', head('GET {url}{path} HTTP/1.1')),
  one('no Host, with HTTP/1.0', head('GET {url}{path} HTTP/1.0')),
  refused('a Host that is none', head('GET {url}{path} HTTP/1.1', 'Host: a b')),
  refused('a Host with a user', head('GET {url}{path} HTTP/1.1', 'Host: user@{host}')),
  refused('a Host with a path', head('GET {url}{path} HTTP/1.1', 'Host: {host}{path}')),
  one('another Host than the absolute form', head('GET {url}{path} HTTP/1.1', 'Host: elsewhere.test'), {
    flag: /its Host is elsewhere\.test, and its target leads to gitlab\.test:\d+/,
  }),
  one('an empty Host', head('GET {url}{path} HTTP/1.1', 'Host:'), { flag: /its Host is empty/ }),
];

/** RFC 9112 section 6. */
const LENGTHS: readonly SmuggledRequest[] = [
  ...['-1', '+5', '1.5', '5e0', '0x5', '5 5', '5,5', '5, 5', '', '99999999999999999999', '5;', '"5"', ' \xa05'].map(
    (value) => refused(`Content-Length: ${JSON.stringify(value)}`, length(` ${value}`)),
  ),
  one('tabs around a Content-Length', post(['Content-Length:\t5\t'], 'hello'), { body: 'hello' }),
  either('a GET with a body', `${get('Content-Length: 5')}hello`),
  refused('two Content-Lengths', post(['Content-Length: 5', 'Content-Length: 6'], `hello${HIDDEN}`)),
  refused('two Content-Lengths that say the same', post(['Content-Length: 5', 'content-length: 5'], 'hello')),
  refused(
    'Content-Length, then Transfer-Encoding',
    post(['Content-Length: 4', 'Transfer-Encoding: chunked'], `0\r\n\r\n${HIDDEN}`),
  ),
  refused(
    'Transfer-Encoding, then Content-Length',
    post(['Transfer-Encoding: chunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`),
  ),
  refused('Connection takes Content-Length away', `${get('Content-Length: 5', 'Connection: content-length')}hello`),
  refused('Connection takes Host away', get('Connection: close, Host')),
  one('a field whose name only looks like it', post(['Content-Length: 5', 'Transfer_Encoding: chunked'], 'hello'), {
    body: 'hello',
  }),
];

/** RFC 9112 sections 6.1 and 7. */
const CODINGS: readonly SmuggledRequest[] = [
  ...[
    ' identity',
    ' xchunked',
    ' chunkedx',
    ' chunked, identity',
    ' identity, chunked',
    ' gzip, chunked',
    ' chunked, chunked',
    ' "chunked"',
    ' chunked;q=1',
    ' \xa0chunked',
    ' chunked\xa0',
    ' chunked\0',
    ' \x0bchunked',
    ' ',
  ].map((value) => refused(`Transfer-Encoding:${JSON.stringify(value)}`, coding(value))),
  refused('two Transfer-Encodings', post(['Transfer-Encoding: chunked', 'Transfer-Encoding: x'], `0\r\n\r\n${HIDDEN}`)),
  refused(
    'a Transfer-Encoding with HTTP/1.0',
    `${head('POST {url}{path} HTTP/1.0', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  ),
  one('CHUNKED in capitals', post(['Transfer-Encoding: CHUNKED'], '5\r\nhello\r\n0\r\n\r\n'), { body: 'hello' }),
];

/** RFC 9112 section 7.1. */
const CHUNKS: readonly SmuggledRequest[] = [
  ...['-5', '+5', '0x5', ' 5', 'g', '', '5g', '5.0', '5 5', '1'.repeat(17), '5\0', '5\xa0'].map((size) =>
    refused(`a chunk of the size ${JSON.stringify(size)}`, chunked(`${size}\r\nhello\r\n0\r\n\r\n${HIDDEN}`)),
  ),
  refused('a chunk size that ends with LF', chunked(`5\nhello\r\n0\r\n\r\n${HIDDEN}`)),
  refused('a chunk size that ends with CR', chunked(`5\rhello\r\n0\r\n\r\n${HIDDEN}`)),
  refused('a chunk that is longer than its size', chunked(`5\r\nhello!\r\n0\r\n\r\n${HIDDEN}`)),
  refused('a chunk that ends with LF', chunked(`5\r\nhello\n0\r\n\r\n${HIDDEN}`)),
  refused('a chunk extension with LF in it', chunked(`5;a\nb\r\nhello\r\n0\r\n\r\n${HIDDEN}`)),
  refused('a chunk size without an end', chunked('5'.repeat(100_000))),
  refused('a chunk extension without an end', chunked(`5;${'a'.repeat(100_000)}`)),
  refused('trailers without an end', chunked(`0\r\n${'a: b\r\n'.repeat(20_000)}`)),
  refused('trailers that are no fields', chunked(`0\r\nno field\r\n\r\n${HIDDEN}`)),
  refused('trailers that end with LF', chunked(`0\r\na: b\n\n${HIDDEN}`)),
  one('a chunk extension', chunked('5;a=b\r\nhello\r\n0\r\n\r\n'), { body: 'hello' }),
  one('trailers', chunked('5\r\nhello\r\n0\r\nX-Trailer: a\r\n\r\n'), { body: 'hello' }),
  one('leading zeros in a chunk size', chunked('0005\r\nhello\r\n000\r\n\r\n'), { body: 'hello' }),
];

/** RFC 9112 section 5, RFC 9110 section 5.5. */
const FIELDS: readonly SmuggledRequest[] = [
  refused('a space before the colon', post(['Content-Length : 5'], `hello${HIDDEN}`)),
  refused('a tab before the colon', post(['Transfer-Encoding\t: chunked'], `0\r\n\r\n${HIDDEN}`)),
  refused('a field that goes on in a second line', get('X-Folded: a', ' b')),
  refused('a Transfer-Encoding that goes on in a second line', post(['Transfer-Encoding:', ' chunked'], '0\r\n\r\n')),
  refused('a space before the first field', head('GET {url}{path} HTTP/1.1', ' Host: {host}')),
  refused('a field without a colon', get('no-colon')),
  refused('a field without a name', get(': nameless')),
  refused('NUL in a value', get('X: a\0b')),
  refused('NUL in a name', get('X\0Y: a')),
  refused('a CR alone in a value', get('X: a\rTransfer-Encoding: chunked')),
  refused('an LF alone behind a value', get('X: a\nTransfer-Encoding: chunked')),
  refused('a line that ends with CR CR LF', get('X: a\r')),
  refused('a vertical tab in a value', get('X: a\x0bb')),
  refused('DEL in a value', get('X: a\x7fb')),
  refused('a letter beyond ASCII in a name', get('X-\xe4: a')),
  refused('all lines end with LF', 'GET {url}{path} HTTP/1.1\nHost: {host}\n{auth}\n\n'),
  refused('a head that is too long', get(`X: ${'a'.repeat(70_000)}`)),
  refused('too many fields', get(...Array.from({ length: 600 }, () => 'X: a'))),
  one('letters beyond ASCII in a value', get('X: \xe4\xf6')),
];

/** Requests that two readers could read in two ways, and their harmless neighbours. */
export const SMUGGLED: readonly SmuggledRequest[] = [
  ...REQUEST_LINES,
  ...TARGETS,
  ...HOSTS,
  ...LENGTHS,
  ...CODINGS,
  ...CHUNKS,
  ...FIELDS,
];
