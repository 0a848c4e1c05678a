import type { Cause } from '../cause.ts';
import { dollarInPasswordCause } from './dollar-in-password.ts';
import { httpsSchemeForPlainProxyCause } from './https-scheme-for-plain-proxy.ts';
import { ipv6WithoutBracketsCause } from './ipv6-without-brackets.ts';
import { literalQuotesCause } from './literal-quotes.ts';
import { loopbackInContainerCause } from './loopback-in-container.ts';
import { pacUrlCause } from './pac-url.ts';
import { passwordNotEncodedCause } from './password-not-encoded.ts';
import { placeholderLeftCause } from './placeholder-left.ts';
import { portInvalidCause } from './port-invalid.ts';
import { portMissingCause } from './port-missing.ts';
import { proxyNameUnknownCause } from './proxy-name-unknown.ts';
import { proxyRefusesConnectionCause } from './proxy-refuses-connection.ts';
import { referenceNotExpandedCause } from './reference-not-expanded.ts';
import { schemeMissingCause } from './scheme-missing.ts';
import { schemeMisspelledCause } from './scheme-misspelled.ts';
import { socksForSomeCause } from './socks-for-some.ts';
import { surroundingSpaceCause } from './surrounding-space.ts';

export const valueCauses: readonly Cause[] = [
  literalQuotesCause,
  surroundingSpaceCause,
  pacUrlCause,
  schemeMisspelledCause,
  passwordNotEncodedCause,
  ipv6WithoutBracketsCause,
  placeholderLeftCause,
  portInvalidCause,
  portMissingCause,
  schemeMissingCause,
  socksForSomeCause,
  loopbackInContainerCause,
  httpsSchemeForPlainProxyCause,
  referenceNotExpandedCause,
  dollarInPasswordCause,
  proxyNameUnknownCause,
  proxyRefusesConnectionCause,
];
