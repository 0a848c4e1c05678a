import { firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { signedBy, signerOf, whereIsCa } from './_signed.ts';
import { untrustedOf } from './_untrusted.ts';

export const interceptorCaNotInRunnerCause: Cause = {
  id: 'tls/interceptor-ca-not-in-runner',
  severity: 'error',
  title: 'gitlab-runner does not know the certificate authority of the gateway that opens TLS.',
  seen: "x509, signed by unknown authority, in the runner's log for its own requests to GitLab, with a proxy in between.",
  fix: "Name the authority in tls-ca-file, put it into certs/HOST.crt, or into the host's store.",
  symptoms: ['x509: certificate signed by unknown authority'],
  find: (picture) =>
    firstOf(untrustedOf(picture, 'runner')).map((failure) =>
      onLine(
        failure,
        `gitlab-runner itself rejects the certificate that it is shown for GitLab: it does not know who signed it: the gateway that opens TLS or, where none opens GitLab's, an authority that GitLab has and a bundle here lacks.${signedBy(picture, failure)}`,
        `Put that CA, of the gateway or of GitLab, into the host's store, into /etc/gitlab-runner/certs/HOST.crt, or name it in tls-ca-file; restart gitlab-runner.${whereIsCa(picture, signerOf(picture, failure))}`,
      ),
    ),
};
