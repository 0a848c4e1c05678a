import { rootCertificates } from 'node:tls';
import type { TlsPolicy } from '../policies/tls-policy.ts';
import type { Mutant } from './mutant.ts';
import { proxyFault } from './proxy-fault.ts';

const tlsFault = (name: string, says: string, change: Partial<TlsPolicy>): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, tls: { ...honest.tls, ...change } }),
});

/** Faults in what is asked of a certificate. */
export const tlsMutants: readonly Mutant[] = [
  proxyFault('takes-any-certificate', 'TLS is spoken with whoever answers, whatever certificate it has.', () => ({
    takesCertificates: ['any'],
  })),
  proxyFault(
    'takes-certificate-of-other-name',
    'Who signed a certificate is verified, and not whom it is for.',
    () => ({
      takesCertificates: ['other-name'],
    }),
  ),
  proxyFault('takes-expired-certificates', 'Who signed a certificate is verified, and not when it is good.', () => ({
    takesCertificates: ['expired'],
  })),
  proxyFault(
    'uploads-to-any-certificate',
    'Artifacts are uploaded to whoever answers, whatever certificate it has.',
    () => ({
      takesAnyCertificateFor: ['upload'],
    }),
  ),
  proxyFault(
    'verifies-first-certificate-only',
    'Once a certificate was right, TLS is spoken with whoever answers, whatever certificate it has.',
    () => ({
      takesCertificates: ['any-but-first'],
    }),
  ),
  proxyFault(
    'takes-any-certificate-after-failure',
    'Once a certificate was rejected, TLS is spoken with whoever answers, whatever certificate it has.',
    () => ({
      takesCertificates: ['any-after-failure'],
    }),
  ),
  proxyFault('asks-before-verifying', 'A request is sent first, and the certificate is verified afterwards.', () => ({
    takesCertificates: ['any-until-answer'],
  })),
  tlsFault('reads-ca-once', 'The file with the CA is read at the first connection, and no more.', { readsAnew: false }),
  tlsFault('wants-port-in-name-of-certificate', 'The file beside config.toml is taken as certs/HOST:PORT.crt.', {
    certificateName: (host, port) => `${host}:${port}.crt`,
  }),
  tlsFault('ca-replaces-store', "Where there is a file with a CA, the machine's store does not count any more.", {
    storeBesides: false,
  }),
  tlsFault('hands-jobs-no-chain', 'Jobs are handed nothing to trust GitLab by.', { hands: () => undefined }),
  tlsFault('hands-jobs-leaf-only', "Jobs are handed the certificate that GitLab shows, without its CA's.", {
    hands: ({ chain }) => chain[0],
  }),
  tlsFault('presents-no-certificate', 'The certificate of tls-cert-file is read, and GitLab is not shown it.', {
    presents: false,
  }),
  tlsFault(
    'reads-client-certificate-once',
    'The certificate of tls-cert-file is read at the first connection, and no more.',
    {
      readsPairAnew: false,
    },
  ),
  tlsFault('hands-jobs-no-certificate', 'Jobs are handed nothing to say by who they are to GitLab.', {
    handsPair: () => undefined,
  }),
  tlsFault('hands-jobs-chain-of-another', 'Jobs are handed what another origin is to be trusted by.', {
    hands: () => rootCertificates[0],
  }),
];
