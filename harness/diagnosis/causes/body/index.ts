import type { Cause } from '../cause.ts';
import { blockPageCause } from './block-page.ts';
import { chunkedRefusedCause } from './chunked-refused.ts';
import { connectionCutCause } from './connection-cut.ts';
import { errorPageForJsonCause } from './error-page-for-json.ts';
import { longPollCutCause } from './long-poll-cut.ts';
import { proxyCannotReachCause } from './proxy-cannot-reach.ts';
import { registryHeadersStrippedCause } from './registry-headers-stripped.ts';
import { tooLargeCause } from './too-large.ts';
import { uploadCutCause } from './upload-cut.ts';

export const bodyCauses: readonly Cause[] = [
  tooLargeCause,
  chunkedRefusedCause,
  registryHeadersStrippedCause,
  uploadCutCause,
  blockPageCause,
  proxyCannotReachCause,
  errorPageForJsonCause,
  longPollCutCause,
  connectionCutCause,
];
