import type { Mutant } from './mutant.ts';
import { proxyFault } from './proxy-fault.ts';

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
];
