import type { Cause } from '../cause.ts';
import { allProxyHttpCause } from './all-proxy-http.ts';
import { dockerCli19030Cause } from './docker-cli-19-03-0.ts';
import { helperWithoutCaCause } from './helper-without-ca.ts';
import { systemdLineLengthCause } from './systemd-line-length.ts';

export const versionsCauses: readonly Cause[] = [
  dockerCli19030Cause,
  allProxyHttpCause,
  systemdLineLengthCause,
  helperWithoutCaCause,
];
