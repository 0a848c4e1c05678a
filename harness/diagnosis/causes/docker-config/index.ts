import type { Cause } from '../cause.ts';
import { daemonKeysCause } from './daemon-keys.ts';
import { hostKeyMismatchCause } from './host-key-mismatch.ts';
import { keyUnknownCause } from './key-unknown.ts';
import { noProxyArrayCause } from './no-proxy-array.ts';
import { notForTheDaemonCause } from './not-for-the-daemon.ts';
import { cliNotValidJsonCause } from './not-valid-json.ts';

export const dockerConfigCauses: readonly Cause[] = [
  daemonKeysCause,
  cliNotValidJsonCause,
  noProxyArrayCause,
  hostKeyMismatchCause,
  keyUnknownCause,
  notForTheDaemonCause,
];
