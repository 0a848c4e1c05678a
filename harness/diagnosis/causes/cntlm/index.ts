import type { Cause } from '../cause.ts';
import { addressMissingAtStartCause } from './address-missing-at-start.ts';
import { authUnknownCause } from './auth-unknown.ts';
import { deniedByAclCause } from './denied-by-acl.ts';
import { expectContinueCause } from './expect-continue.ts';
import { lastLineUnreadCause } from './last-line-unread.ts';
import { listensOnLoopbackOnlyCause } from './listens-on-loopback-only.ts';
import { noProxyDialectCause } from './no-proxy-dialect.ts';
import { openToEverybodyCause } from './open-to-everybody.ts';
import { parentNotNtlmCause } from './parent-not-ntlm.ts';
import { passwordCutAtHashCause } from './password-cut-at-hash.ts';
import { passwordMissingCause } from './password-missing.ts';
import { proxyMissingCause } from './proxy-missing.ts';
import { proxyWithSchemeCause } from './proxy-with-scheme.ts';
import { proxyWithoutPortCause } from './proxy-without-port.ts';
import { usernameWithDomainCause } from './username-with-domain.ts';

export const cntlmCauses: readonly Cause[] = [
  proxyWithSchemeCause,
  proxyWithoutPortCause,
  proxyMissingCause,
  noProxyDialectCause,
  openToEverybodyCause,
  lastLineUnreadCause,
  passwordCutAtHashCause,
  passwordMissingCause,
  authUnknownCause,
  usernameWithDomainCause,
  listensOnLoopbackOnlyCause,
  addressMissingAtStartCause,
  deniedByAclCause,
  parentNotNtlmCause,
  expectContinueCause,
];
