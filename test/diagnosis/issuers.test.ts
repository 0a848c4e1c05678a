import { expect, test } from 'vitest';
import { certificatesReader } from '../../harness/diagnosis/documents/certificates.ts';
import { logReader } from '../../harness/diagnosis/documents/log.ts';
import { issuersOf } from '../../harness/diagnosis/issuers/issuers.ts';
import { paint } from '../../harness/diagnosis/picture/paint.ts';

const piece = (text: string, path: string) => ({ file: path, path, text, skipped: 0 });

/** Who signed what, by a log of these lines. */
const seenIn = (...lines: readonly string[]) =>
  issuersOf(paint(logReader.read(piece(lines.join('\n'), 'job.log')))).map(({ host, issuer, kind }) => [
    host,
    issuer,
    kind,
  ]);

test.each([
  [
    'wget, in two kinds of quotes',
    ["ERROR: cannot verify pypi.org's certificate, issued by ‘CN=Acme Issuing CA,O=Acme’:"],
    ['pypi.org', 'Acme Issuing CA', 'gateway'],
  ],
  [
    'a program in Go that knows another authority of that name',
    [
      'Get "https://registry.acme.example/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "x509: ECDSA verification failure" while trying to verify candidate authority certificate "Acme Proxy CA")',
    ],
    ['registry.acme.example', 'Acme Proxy CA', 'gateway'],
  ],
  [
    'git with GIT_CURL_VERBOSE',
    [
      '10:02:11.100000 http.c:725              => Send header: CONNECT gitlab.acme.example:443 HTTP/1.1',
      '== Info:  subject: CN=gitlab.acme.example',
      '== Info:  issuer: C=US; O=Netskope; CN=ca.acme.goskope.com',
    ],
    ['gitlab.acme.example', 'ca.acme.goskope.com', 'gateway'],
  ],
  [
    'openssl of an old version, for a host that no line before names',
    ['subject=/CN=gitlab.acme.example', 'issuer=/C=DE/O=Acme/CN=Acme Root CA'],
    ['gitlab.acme.example', 'Acme Root CA', 'private'],
  ],
  [
    'a public authority',
    ['$ curl -v https://github.com', "*  issuer: C=US; O=Let's Encrypt; CN=E7"],
    ['github.com', 'E7', 'public'],
  ],
])('%s', (_, lines, expected) => {
  expect(seenIn(...lines)).toEqual([expected]);
});

test('of a chain the first certificate counts, the others are authorities', () => {
  expect(
    seenIn(
      '$ openssl s_client -connect github.com:443 -proxy proxy.acme.example:3128',
      ' 0 s:CN = github.com',
      '   i:O = Acme, CN = Acme Web Gateway CA',
      ' 1 s:O = Acme, CN = Acme Web Gateway CA',
      '   i:O = Acme, CN = Acme Root CA',
    ),
  ).toEqual([['github.com', 'Acme Web Gateway CA', 'gateway']]);
});

test('what is no certificate, though it says so, tells nothing and breaks nothing', () => {
  const text = ['-----BEGIN CERTIFICATE-----', 'bm9uZQ==', '-----END CERTIFICATE-----', '-----BEGIN CERTIFICATE-----'];
  const [document] = certificatesReader.read(piece(text.join('\r\n'), 'ca.crt'));
  expect(document).toMatchObject({ kind: 'certificates', certificates: [] });
});
