import type { Evidence } from '../../ledger/index.ts';
import { jobContainers } from '../docker/job-containers.ts';
import { traceLines } from '../job/trace.ts';

/** docker0's address, the page's own example; a daemon inside of a container takes the same network for its own docker0. */
const BRIDGE = '172.17.0.1';
const NETWORK = BRIDGE.replace(/\d+\.\d+$/, '');
const REFUSED = new RegExp(`${BRIDGE.replaceAll('.', '\\.')}:\\d+.*(connection refused|no route to host)`, 'i');

/**
 * Why a dind service cannot reach cntlm where each job has a network of its own: its own docker0 then takes the very address
 * at which the page has cntlm listen.
 * @returns a sentence; undefined where the record shows nothing of the kind
 */
export function hiddenBridge(evidence: Evidence): string | undefined {
  const refused = traceLines(evidence).some((line) => REFUSED.test(line));
  const services = new Set(jobContainers(evidence, 'service').map(({ container }) => container));
  const addresses = evidence
    .of('container')
    .flatMap(({ container, addresses = [] }) => (services.has(container) ? addresses : []));
  const isApart = addresses.length > 0 && addresses.every((each) => !each.startsWith(NETWORK));
  if (!refused || !isApart) return undefined;
  return `The dind service is in a network of the job's own (${addresses[0]}), so its daemon's own docker0 has taken ${BRIDGE}, at which the page has cntlm listen: the page's recipe breaks there. Leave FF_NETWORK_PER_BUILD off, or start dind with another --bip`;
}
