import type { ProxyFailure, TimeLimits } from '../policies/proxy-policy.ts';
import type { Mutant } from './mutant.ts';
import { proxyFault } from './proxy-fault.ts';

export const goesAround = (name: string, says: string, when: (failure: ProxyFailure) => boolean): Mutant =>
  proxyFault(name, says, () => ({ goesAround: when }));

/** How often in a row the proxy must fail before a runner that gives it up does so. */
const PATIENCE = 20;

/** Whether it is the proxy's doing, and not an answer of GitLab's. */
const isItsOwn = (failure: ProxyFailure): boolean =>
  !('status' in failure) || [407, 502, 503].includes(failure.status) || failure.at === 'connect';

/** So much that nobody waits for it, in milliseconds: 50 days. */
const FOR_GOOD_MS = 50 * 24 * 3_600_000;

const waitsForGood = (name: string, says: string, limits: Partial<TimeLimits>): Mutant =>
  proxyFault(name, says, (honest) => ({ limits: { ...honest.limits, ...limits } }));

/** Faults that show while the proxy is out of order, and a job runs. */
export const outageMutants: readonly Mutant[] = [
  goesAround(
    'goes-direct-for-all-but-job-requests-when-proxy-refuses',
    'When no connection to the proxy can be made, traces, updates and commands are sent without it; job requests are not.',
    (failure) => failure.at === 'dial' && failure.kind !== 'job',
  ),
  goesAround(
    'goes-direct-when-proxy-breaks-off',
    'When the proxy breaks a connection off, or never answers, a request of a job is made again without it.',
    (failure) => failure.at === 'round-trip' && failure.kind !== 'job',
  ),
  goesAround(
    'goes-direct-for-updates-when-proxy-is-unavailable',
    'When the proxy answers 502 or 503, the updates of a job are sent without it.',
    (failure) => 'status' in failure && [502, 503].includes(failure.status) && failure.kind === 'update',
  ),
  goesAround(
    'goes-direct-for-uploads-when-proxy-fails',
    'When the proxy fails an upload, it is made without it.',
    (failure) => isItsOwn(failure) && failure.kind === 'upload',
  ),
  waitsForGood('waits-for-answers-for-good', 'An answer that does not come is waited for without a limit.', {
    headerMs: FOR_GOOD_MS,
    wholeMs: FOR_GOOD_MS,
  }),
  waitsForGood('waits-for-tunnels-for-good', 'The answer to a CONNECT is waited for without a limit.', {
    connectMs: FOR_GOOD_MS,
  }),
  waitsForGood('waits-for-handshakes-for-good', 'A TLS handshake that does not go on is waited for without a limit.', {
    tlsHandshakeMs: FOR_GOOD_MS,
  }),
  goesAround(
    'goes-direct-for-commands-when-proxy-fails',
    'When the proxy fails a request of a command (register, verify, unregister), it is made without it.',
    (failure) => isItsOwn(failure) && ['register', 'verify', 'unregister'].includes(failure.kind),
  ),
  goesAround(
    'goes-direct-after-many-failures',
    `When the proxy has failed ${PATIENCE} requests in a row, the next is made without it.`,
    (failure) => isItsOwn(failure) && failure.inARow > PATIENCE,
  ),
];
