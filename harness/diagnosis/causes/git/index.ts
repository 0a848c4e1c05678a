import type { Cause } from '../cause.ts';
import { configOverridesVariablesCause } from './config-overrides-variables.ts';
import { httpsProxyKeyCause } from './https-proxy-key.ts';
import { proxyDeniesBeforeChallengeCause } from './proxy-denies-before-challenge.ts';
import { sshNotProxiedCause } from './ssh-not-proxied.ts';
import { userWithoutPasswordCause } from './user-without-password.ts';

export const gitCauses: readonly Cause[] = [
  userWithoutPasswordCause,
  proxyDeniesBeforeChallengeCause,
  sshNotProxiedCause,
  configOverridesVariablesCause,
  httpsProxyKeyCause,
];
