import type { Cause } from '../cause.ts';
import { chainOutdatedCause } from './chain-outdated.ts';
import { clientCertificateLostCause } from './client-certificate-lost.ts';
import { interceptionSeenCause } from './interception-seen.ts';
import { interceptorCaNotInDaemonCause } from './interceptor-ca-not-in-daemon.ts';
import { interceptorCaNotInDindCause } from './interceptor-ca-not-in-dind.ts';
import { interceptorCaNotInHelperCause } from './interceptor-ca-not-in-helper.ts';
import { interceptorCaNotInJobToolsCause } from './interceptor-ca-not-in-job-tools.ts';
import { interceptorCaNotInRunnerCause } from './interceptor-ca-not-in-runner.ts';
import { proxyCaUnknownCause } from './proxy-ca-unknown.ts';
import { verificationOffCause } from './verification-off.ts';

export const tlsCauses: readonly Cause[] = [
  interceptorCaNotInRunnerCause,
  interceptorCaNotInHelperCause,
  interceptorCaNotInDaemonCause,
  interceptorCaNotInDindCause,
  interceptorCaNotInJobToolsCause,
  chainOutdatedCause,
  clientCertificateLostCause,
  proxyCaUnknownCause,
  verificationOffCause,
  interceptionSeenCause,
];
