import { expect, it } from 'vitest';
import { squidConfReader } from '../../../harness/diagnosis/documents/squid-conf.ts';
import { squidLogReader } from '../../../harness/diagnosis/documents/squid-log.ts';

const piece = (text: string, path = 'access.log') => ({ file: path, path, text, skipped: 2 });

it("reads squid's own format, and the common one", () => {
  const text = [
    '1709366401.200      0 10.8.0.4 TCP_DENIED/407 4012 CONNECT pypi.org:443 svc-ci HIER_NONE/- text/html',
    '1709366401.300     12 10.8.0.4 TCP_MISS/200 4012 GET http://deb.debian.org/x?y - HIER_DIRECT/198.51.100.9 text/html',
    'garbage',
    '10.8.0.4 - joe [02/Mar/2026:08:00:01 +0000] "CONNECT r.example:5050 HTTP/1.1" 403 3981 "-" "curl" TCP_DENIED:HIER_NONE',
  ].join('\n');
  expect(squidLogReader.knows(piece(text))).toBe(3);
  expect(squidLogReader.read(piece(text))).toMatchObject([
    {
      requests: [
        {
          line: 3,
          result: 'TCP_DENIED/407',
          status: 407,
          method: 'CONNECT',
          host: 'pypi.org',
          port: 443,
          user: 'svc-ci',
        },
        { line: 4, method: 'GET', host: 'deb.debian.org', port: 80, user: undefined },
        { line: 6, client: '10.8.0.4', result: 'TCP_DENIED/403', host: 'r.example', port: 5050, user: 'joe' },
      ],
    },
  ]);
});

it('reads squid.conf with its continued lines, and takes no other file for it', () => {
  const text = 'acl SSL_ports port 443 \\\n  8443\n# http_port 1\nhttp_port 3128 # the port\nhttp_access deny all\n';
  expect(squidConfReader.knows(piece(text, 'etc/squid/squid.conf'))).toBe(3);
  expect(squidConfReader.read(piece(text))).toMatchObject([
    {
      directives: [
        { line: 3, key: 'acl', value: 'SSL_ports port 443  8443' },
        { line: 6, key: 'http_port', value: '3128' },
        { line: 7, key: 'http_access', value: 'deny all' },
      ],
    },
  ]);
  expect(squidConfReader.knows(piece('[Service]\nEnvironment=A=b\n', 'http-proxy.conf'))).toBe(0);
  expect(squidLogReader.knows(piece('Mar 02 08:00:05 b dockerd[1]: up\n'))).toBe(0);
});
