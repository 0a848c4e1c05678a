import { check, counted, type Finding } from '../../conformance/authoring.ts';
import type { EventOf, Evidence, Exchange } from '../../ledger/index.ts';

/** What clients said of themselves to a parent proxy, with the connection it was said on. */
export function parentLogins(
  evidence: Evidence,
): readonly (EventOf<'authentication'> & { readonly connection: string })[] {
  const connections = new Map(evidence.proxy().map(({ id, connection }) => [id, connection]));
  return evidence
    .of('authentication')
    .map((each) => ({ ...each, connection: connections.get(each.exchange) ?? 'unknown' }));
}

/** Requests that a parent proxy let pass, CONNECT included. */
export const passedParent = (evidence: Evidence): readonly Exchange[] =>
  evidence.proxy().filter(({ status }) => status !== undefined && status !== 407);

/** That the parent let requests pass only on connections that had logged in as the account. */
export function everyRequestIsLoggedIn(evidence: Evidence): Finding {
  const granted = parentLogins(evidence).filter(({ step }) => step === 'granted');
  const since = new Map(granted.map(({ connection, seq }) => [connection, seq]));
  const through = passedParent(evidence);
  const others = through.filter(({ connection, evidence: [seq = 0] }) => (since.get(connection) ?? Infinity) > seq + 1);
  const [first] = others;
  const seen = first
    ? `${counted(others.length, 'requests')} passed without, the first: ${first.method} ${first.target}`
    : through.length === 0
      ? 'no request passed the parent'
      : `${counted(through.length, 'requests')} passed, on ${counted(granted.length, 'connections')} that cntlm had logged in as ${granted[0]?.domain}\\${granted[0]?.user}`;
  return check(
    through.length > 0 && !first,
    'the parent lets nothing pass but on connections with a verified NTLMv2 log-in',
    seen,
    ...(first ? others.slice(0, 3) : granted.slice(0, 3)),
  );
}
