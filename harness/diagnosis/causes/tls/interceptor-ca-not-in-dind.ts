import type { Picture } from '../../picture/picture.ts';
import { firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { signedBy, signerOf, whereIsCa } from './_signed.ts';
import { untrustedOf } from './_untrusted.ts';

export const interceptorCaNotInDindCause: Cause = {
  id: 'tls/interceptor-ca-not-in-dind',
  severity: 'error',
  title: "dockerd of the dind service does not know the gateway's certificate authority.",
  seen: "The same error in a job's script that uses docker:dind, while the host's dockerd pulled the job's images well.",
  fix: 'Mount the CA into the service and update its store, or use certs.d.',
  symptoms: ['x509: certificate signed by unknown authority in docker build'],
  find: (picture) =>
    firstOf(untrustedOf(picture, 'dind')).map((failure) => {
      const host = failure.target?.host;
      const mounted = mountedCa(picture);
      const updates = 'let the service run update-ca-certificates before dockerd';
      const mount = mounted
        ? `The runner mounts ${mounted} into every container, and in the service nothing takes it into the store: ${updates}`
        : `Mount the CA into the service and ${updates}`;
      return onLine(
        failure,
        `dockerd of the dind service rejects the certificate of ${host ?? 'the registry'}: its container has a store of its own, without the gateway's CA.${signedBy(picture, failure)}`,
        `${mount}, or put the CA into /etc/docker/certs.d/${host ?? 'REGISTRY'}/ca.crt there.${whereIsCa(picture, signerOf(picture, failure))}`,
      );
    }),
};

/** A certificate that `volumes` of a runner put where update-ca-certificates looks. */
const mountedCa = (picture: Picture): string | undefined =>
  picture.runners
    .flatMap(({ volumes }) => volumes)
    .flatMap((volume) => /:(\/usr\/local\/share\/ca-certificates\/[^:]+)/.exec(volume)?.[1] ?? [])[0];
