import { firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { signedBy, signerOf, whereIsCa } from './_signed.ts';
import { untrustedOf } from './_untrusted.ts';

export const interceptorCaNotInJobToolsCause: Cause = {
  id: 'tls/interceptor-ca-not-in-job-tools',
  severity: 'error',
  title: "Programs in the build container do not know the gateway's certificate authority.",
  seen: 'After a script began: SELF_SIGNED_CERT_IN_CHAIN, CERTIFICATE_VERIFY_FAILED, curl: (60), PKIX path building failed; the clone went well.',
  fix: "NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE or PIP_CERT, SSL_CERT_FILE, Java's keystore.",
  symptoms: ['SELF_SIGNED_CERT_IN_CHAIN', 'CERTIFICATE_VERIFY_FAILED', 'curl: (60)', 'PKIX path building failed'],
  find: (picture) =>
    firstOf(untrustedOf(picture, 'job-tools')).map((failure) =>
      onLine(
        failure,
        `A program of the script rejects the server's certificate: its image does not know the CA of the gateway that opens TLS.${signedBy(picture, failure)}`,
        `Give the image the CA: NODE_EXTRA_CA_CERTS for Node, REQUESTS_CA_BUNDLE and PIP_CERT for Python, SSL_CERT_FILE for Go and OpenSSL, a keystore for Java.${whereIsCa(picture, signerOf(picture, failure))}`,
      ),
    ),
};
