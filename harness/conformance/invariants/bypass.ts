import type { Evidence } from '../../ledger/index.ts';
import { originForm } from '../../url/index.ts';
import { counted } from '../counted.ts';
import { check, type Finding } from '../finding.ts';
import { type Allowances, isAllowed } from './allowances.ts';

/** What is expected of every subject behind a proxy, in the words of a finding. */
export const NOTHING_DIRECT = 'nothing goes around the proxy';

/**
 * That nobody went around the proxy: no connection to the tripwire, no request to an origin that came by another way, but
 * for what the scenario allows.
 */
export function bypass(evidence: Evidence, { direct = [] }: Allowances): Finding[] {
  const hits = evidence
    .tripwire()
    .filter((hit) => !isAllowed(direct, evidence, hit.seq, `${hit.to} ${hit.detail || hit.protocol}`));
  const requests = [...evidence.gitlab(), ...evidence.requests('registry')].filter(
    ({ via, evidence: [seq = 0], peer, method, target }) =>
      via !== 'proxy' && !isAllowed(direct, evidence, seq, `${peer} ${method} ${target}`),
  );
  const [hit] = hits;
  const [request] = requests;
  if (!hit && !request) return [];
  const seen = hit
    ? `${counted(hits.length, 'connections')} went around the proxy, the first to ${hit.to}: ${hit.detail || hit.protocol}`
    : `${counted(requests.length, 'requests')} reached ${request?.peer === 'registry' ? 'the registry' : 'GitLab'} directly, the first: ${request?.method} ${originForm(request?.target ?? '')}`;
  return [check(false, NOTHING_DIRECT, seen, ...hits, ...requests)];
}
