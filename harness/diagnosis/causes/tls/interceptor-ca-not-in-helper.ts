import { firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { signedBy, signerOf, whereIsCa } from './_signed.ts';
import { untrustedOf } from './_untrusted.ts';

export const interceptorCaNotInHelperCause: Cause = {
  id: 'tls/interceptor-ca-not-in-helper',
  severity: 'error',
  title: "git, LFS, artifacts or cache in the helper container do not know the gateway's certificate authority.",
  seen: "A job's log with a rejected certificate while the sources are fetched, or in transfers of artifacts and cache. Not after the script began.",
  fix: 'Put the CA into /etc/gitlab-runner/certs and mount it, or name it in tls-ca-file; FF_RESOLVE_FULL_TLS_CHAIN.',
  symptoms: [
    'server certificate verification failed',
    'SSL certificate problem: self-signed certificate in certificate chain',
  ],
  find: (picture) =>
    firstOf(untrustedOf(picture, 'helper')).map((failure) =>
      onLine(
        failure,
        `The helper container rejects GitLab's certificate: the CA of the gateway that opens TLS is not in its store, although the runner itself gets through.${signedBy(picture, failure)}`,
        `Name the gateway's CA in tls-ca-file of this runner, or mount /etc/gitlab-runner/certs; FF_RESOLVE_FULL_TLS_CHAIN hands the whole chain on.${whereIsCa(picture, signerOf(picture, failure))}`,
      ),
    ),
};
