import { check, type Finding, NOTHING_DIRECT } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import { counted } from '../words.ts';
import { line } from './exchange.ts';
import { ORIGINS } from './origins.ts';

/** That nobody went around the proxy during the whole case. */
export function nothingDirect(evidence: Evidence): Finding {
  const hits = evidence.tripwire();
  const direct = [...evidence.gitlab(), ...evidence.requests('registry')].filter(({ via }) => via !== 'proxy');
  const [hit] = hits;
  const seen = hit
    ? `${counted(hits.length, 'connections')} went around the proxy, the first to ${hit.to}: ${hit.detail || hit.protocol}`
    : direct.length > 0
      ? `${counted(direct.length, 'requests')} reached ${ORIGINS[direct[0]?.peer === 'registry' ? 'registry' : 'gitlab']} directly, the first: ${line(direct[0])}`
      : 'nothing went around the proxy';
  return check(hits.length + direct.length === 0, NOTHING_DIRECT, seen, ...hits, ...direct);
}
