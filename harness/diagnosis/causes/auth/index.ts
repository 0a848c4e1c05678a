import type { Cause } from '../cause.ts';
import { connectPortDeniedCause } from './connect-port-denied.ts';
import { credentialsMissingCause } from './credentials-missing.ts';
import { deniedByPolicyCause } from './denied-by-policy.ts';
import { ntlmOnlyProxyCause } from './ntlm-only-proxy.ts';
import { passwordVisibleCause } from './password-visible.ts';
import { proxy403ReadAsGitlabCause } from './proxy-403-read-as-gitlab.ts';
import { wrongCredentialsCause } from './wrong-credentials.ts';

export const authCauses: readonly Cause[] = [
  credentialsMissingCause,
  wrongCredentialsCause,
  ntlmOnlyProxyCause,
  deniedByPolicyCause,
  connectPortDeniedCause,
  proxy403ReadAsGitlabCause,
  passwordVisibleCause,
];
