import type { Cause } from '../cause.ts';
import { allProxyOnlyCause } from './all-proxy-only.ts';
import { casesDifferCause } from './cases-differ.ts';
import { daemonWithoutProxyCause } from './daemon-without-proxy.ts';
import { emptyValueCause } from './empty-value.ts';
import { jobsGetNoProxyCause } from './jobs-get-no-proxy.ts';
import { onlyHttpProxyCause } from './only-http-proxy.ts';
import { onlyHttpsProxyCause } from './only-https-proxy.ts';
import { registerShellWithoutProxyCause } from './register-shell-without-proxy.ts';
import { requestMethodSetCause } from './request-method-set.ts';
import { runnerServiceWithoutProxyCause } from './runner-service-without-proxy.ts';
import { sudoDropsVariablesCause } from './sudo-drops-variables.ts';
import { upperCaseHttpProxyOnlyCause } from './upper-case-http-proxy-only.ts';
import { variableNameMisspelledCause } from './variable-name-misspelled.ts';
import { variableSetTwiceCause } from './variable-set-twice.ts';

export const selectionCauses: readonly Cause[] = [
  jobsGetNoProxyCause,
  requestMethodSetCause,
  sudoDropsVariablesCause,
  onlyHttpProxyCause,
  onlyHttpsProxyCause,
  upperCaseHttpProxyOnlyCause,
  casesDifferCause,
  allProxyOnlyCause,
  runnerServiceWithoutProxyCause,
  daemonWithoutProxyCause,
  registerShellWithoutProxyCause,
  emptyValueCause,
  variableNameMisspelledCause,
  variableSetTwiceCause,
];
