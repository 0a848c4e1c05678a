import type { Cause } from '../cause.ts';
import { allProxyOnlyCause } from './all-proxy-only.ts';
import { casesDifferCause } from './cases-differ.ts';
import { onlyHttpProxyCause } from './only-http-proxy.ts';
import { onlyHttpsProxyCause } from './only-https-proxy.ts';
import { upperCaseHttpProxyOnlyCause } from './upper-case-http-proxy-only.ts';

export const selectionCauses: readonly Cause[] = [
  onlyHttpProxyCause,
  onlyHttpsProxyCause,
  upperCaseHttpProxyOnlyCause,
  casesDifferCause,
  allProxyOnlyCause,
];
