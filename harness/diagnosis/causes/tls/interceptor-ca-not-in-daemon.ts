import { firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { signedBy, signerOf, whereIsCa } from './_signed.ts';
import { untrustedOf } from './_untrusted.ts';

export const interceptorCaNotInDaemonCause: Cause = {
  id: 'tls/interceptor-ca-not-in-daemon',
  severity: 'error',
  title: "dockerd does not know the gateway's certificate authority.",
  seen: "An error of the host's dockerd for a registry, with x509, signed by unknown authority.",
  fix: "Put the CA into the host's store and restart docker; for one registry /etc/docker/certs.d.",
  symptoms: ['Error response from daemon x509: certificate signed by unknown authority', 'failed to pull image'],
  find: (picture) =>
    firstOf(untrustedOf(picture, 'daemon')).map((failure) =>
      onLine(
        failure,
        `dockerd rejects the certificate of ${failure.target?.host ?? 'the registry'}: it does not know the CA of the gateway that opens TLS.${signedBy(picture, failure)}`,
        `Put the CA into the host's store (update-ca-certificates) and restart docker.${whereIsCa(picture, signerOf(picture, failure))}`,
      ),
    ),
};
