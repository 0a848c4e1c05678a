import { issuersOf } from '../../issuers/issuers.ts';
import { firstOf } from '../_first.ts';
import type { Cause } from '../cause.ts';
import { whereIsCa } from './_signed.ts';

export const interceptionSeenCause: Cause = {
  id: 'tls/interception-seen',
  severity: 'note',
  title: 'A gateway opens TLS: it shows certificates of its own for other hosts.',
  seen: 'A chain of openssl, curl or wget in which a gateway by name, or an authority that no store has, signed for a host of the open internet. Not an authority of one’s own for an own host: that may be GitLab’s.',
  fix: "Give the gateway's CA to each client that goes through it: tls-ca-file, the helper's /etc/gitlab-runner/certs, the host's store for dockerd, the variables of a job's tools.",
  symptoms: ['issuer: Zscaler', 'self-signed certificate in certificate chain'],
  find: (picture) =>
    firstOf(
      issuersOf(picture).filter(({ kind }) => kind === 'gateway'),
      ({ issuer }) => issuer,
    ).map((signer) => ({
      file: signer.file,
      line: signer.line,
      at: signer.issuer,
      says: `“${signer.issuer}” signed the certificate that is shown for ${signer.host ?? 'the server'}: a gateway opens TLS there, and every client that goes through it needs that CA.`,
      remedy: {
        says: `The runner takes it from tls-ca-file, helpers from /etc/gitlab-runner/certs, dockerd from the host's store after a restart, programs of a job from variables of theirs (NODE_EXTRA_CA_CERTS, SSL_CERT_FILE).${whereIsCa(picture, signer)}`,
      },
    })),
};
