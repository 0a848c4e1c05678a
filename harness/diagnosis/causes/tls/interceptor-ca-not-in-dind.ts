import { firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { untrustedOf } from './_untrusted.ts';

export const interceptorCaNotInDindCause: Cause = {
  id: 'tls/interceptor-ca-not-in-dind',
  severity: 'error',
  title: "dockerd of the dind service does not know the gateway's certificate authority.",
  seen: "The same error in a job's script that uses docker:dind, while the host's dockerd pulled the job's images well.",
  fix: 'Mount the CA into the service and update its store, or use certs.d.',
  symptoms: ['x509: certificate signed by unknown authority in docker build'],
  find: (picture) =>
    firstOf(untrustedOf(picture, 'dind')).map((failure) =>
      onLine(
        failure,
        "dockerd of the dind service rejects the registry's certificate: its container has a store of its own, without the gateway's CA.",
        'Mount the CA into the service and let it run update-ca-certificates, or put it into /etc/docker/certs.d/REGISTRY/ca.crt there.',
      ),
    ),
};
