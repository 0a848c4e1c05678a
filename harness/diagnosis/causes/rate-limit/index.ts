import type { Cause } from '../cause.ts';
import { bodyLostOnRetryCause } from './body-lost-on-retry.ts';
import { gaveUpCause } from './gave-up.ts';
import { gitGets429Cause } from './git-gets-429.ts';
import { hiddenByRetryCause } from './hidden-by-retry.ts';
import { noUsableHeaderCause } from './no-usable-header.ts';
import { proxySends429Cause } from './proxy-sends-429.ts';
import { registry429Cause } from './registry-429.ts';

export const rateLimitCauses: readonly Cause[] = [
  gitGets429Cause,
  noUsableHeaderCause,
  bodyLostOnRetryCause,
  proxySends429Cause,
  hiddenByRetryCause,
  gaveUpCause,
  registry429Cause,
];
