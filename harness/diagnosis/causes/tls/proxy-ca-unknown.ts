import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';

export const proxyCaUnknownCause: Cause = {
  id: 'tls/proxy-ca-unknown',
  severity: 'error',
  title: 'The proxy speaks TLS itself, and its own certificate is not trusted.',
  seen: '“proxyconnect tcp: tls: failed to verify certificate: x509”, or curl: (60) of the proxy. Not the certificate of the target.',
  fix: 'Trust the CA of the proxy: SSL_CERT_FILE, GIT_PROXY_SSL_CAINFO, CURL_CA_BUNDLE, or the host’s store.',
  symptoms: ['proxyconnect tcp: tls: failed to verify certificate', 'proxyconnect tcp: x509'],
  find: (picture) =>
    firstOf(failuresOfKind(picture, 'proxy-untrusted')).map((failure) =>
      onLine(
        failure,
        'The proxy is spoken to by TLS, and its own certificate is not trusted here.',
        "Trust the proxy's CA (the host's store, SSL_CERT_FILE, GIT_PROXY_SSL_CAINFO for git, --proxy-cacert for curl).",
      ),
    ),
};
