import type { Findings } from './findings.ts';

/** What mutants are failed by in `tls`. */
export const tlsFindings: Findings = {
  'takes-any-certificate': { 'tls/runner': /of=renewed.*1 job request came before the file had it/ },
  'takes-any-certificate-after-failure': { 'tls/runner': /of=renewed.*job requests? came before the file had it/ },
  'asks-before-verifying': {
    'tls/runner': /of=renewed.*job requests? came before the file had it/,
    'polling/wrong-certificate': /Observed: \d+ requests? came, the first: POST/,
  },
  'reads-ca-once': { 'tls/runner': /of=renewed.*polls on, without a restart. Observed: 0 job requests came/ },
  'wants-port-in-name-of-certificate': { 'tls/runner': /ca=certs-dir.*tls\/interceptor-ca-not-in-runner/ },
  'ca-replaces-store': { 'tls/runner': /opens=all-but-gitlab.*no job requests arrived at GitLab/ },
  'presents-no-certificate': {
    'tls/client-certificate': /jobs\/request came with no certificate, and was answered 400/,
  },
  'hands-jobs-no-certificate': {
    'tls/client-certificate':
      /of=clone.*git-upload-pack came with no certificate.*of=upload.*artifacts\S* came with no certificate/s,
  },
  'reads-client-certificate-once': { 'tls/client-certificate': /of=renewed.*came with that of build-runner, and/ },
  'git-trusts-ca-for-everyone': { 'tls/clone': /asks=other-host.*0 requests arrived there/ },
  'hands-jobs-no-chain': {
    'tls/clone': /reported as failed.*tls\/interceptor-ca-not-in-helper/,
    'tls/artifacts': /no upload requests arrived/,
  },
  'hands-jobs-leaf-only': { 'tls/clone': /reported as failed/, 'tls/artifacts': /no upload requests arrived/ },
  'hands-jobs-chain-of-another': { 'tls/clone': /reported as failed/, 'tls/artifacts': /no upload requests arrived/ },
};
