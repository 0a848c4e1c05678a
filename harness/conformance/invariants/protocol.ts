import type { EventOf, Evidence, Exchange } from '../../ledger/index.ts';
import { counted } from '../counted.ts';
import { check, type Finding } from '../finding.ts';
import { type Allowances, isAllowed } from './allowances.ts';

/** Peers that read what a subject sends. */
const PEERS: ReadonlySet<string> = new Set(['gitlab', 'registry', 'proxy']);
/** What a client that had no answer may send again; GitLab then says that it has it: 416 for a trace, 403 for a job's end. */
const SENT_AGAIN = new Set([403, 416]);

/**
 * That no peer had to flag a request: each keeps the rules of its protocol. What a right subject may do as well, such as to ask
 * for an endpoint that the mock does not have, is flagged as odd and counts for nothing here.
 */
export function protocol(evidence: Evidence, { flags: allowed = [] }: Allowances): Finding[] {
  const exchanges = new Map<string, Exchange>();
  for (const each of evidence.gitlab()) exchanges.set(each.id, each);
  const flags = evidence
    .of('flag')
    .filter(
      (flag) =>
        PEERS.has(flag.peer) &&
        !flag.odd &&
        !isAllowed(allowed, evidence, flag.seq, flag.what) &&
        !isSentAgain(flag, exchanges, evidence),
    );
  const [first] = flags;
  if (!first) return cutBodies(evidence);
  const more = flags.length > 1 ? `, and ${flags.length - 1} more of the like` : '';
  return [
    check(
      false,
      'every request keeps the rules of its protocol',
      `${first.what.replace(/\.$/, '')}${more}`,
      ...flags.slice(0, 5),
    ),
  ];
}

/** Whether a request is refused only since an earlier one arrived whose answer its sender never got. */
function isSentAgain(flag: EventOf<'flag'>, exchanges: ReadonlyMap<string, Exchange>, evidence: Evidence): boolean {
  const refused = flag.peer === 'gitlab' && flag.exchange !== undefined ? exchanges.get(flag.exchange) : undefined;
  if (!refused || !SENT_AGAIN.has(refused.status ?? 0)) return false;
  const before = (seq: number | undefined): boolean => seq !== undefined && seq < flag.seq;
  const cut = [...exchanges.values()].some(
    (each) =>
      each.target.split('/trace')[0] === refused.target.split('/trace')[0] &&
      before(each.evidence[0]) &&
      each !== refused &&
      each.responseBody?.complete !== true,
  );
  return cut || evidence.of('fault').some(({ state, seq }) => state === 'struck' && before(seq));
}

/**
 * That a request's body is as long as its head says (RFC 9112 section 6.3). Where a fault struck, or once a proxy was stopped or
 * the runner was told to stop, a body may well be cut. A proxy may hear of the cut before it has passed on anything, so its record
 * counts as well; but not where it has answered, since a client need not go on with what is refused.
 */
function cutBodies(evidence: Evidence): Finding[] {
  if (evidence.of('fault').some(({ state }) => state === 'struck')) return [];
  const stops = [evidence.mark('stopping'), ...evidence.of('fault').filter(({ name }) => name === 'stop')];
  const end = Math.min(...stops.map((each) => each?.seq ?? Number.POSITIVE_INFINITY));
  const unanswered = evidence.proxy().filter(({ status }) => status === undefined);
  const cut = [...evidence.gitlab(), ...evidence.requests('registry'), ...unanswered].filter(
    ({ body, evidence: seqs }) => body?.complete === false && (seqs.at(-1) ?? 0) < end,
  );
  const [first] = cut;
  if (!first) return [];
  const seen = `${first.method} ${first.target} ended after ${counted(first.body?.bytes ?? 0, 'bytes')} of its body, and before its end`;
  return [check(false, 'the body of every request is as long as its head says', seen, ...cut.slice(0, 5))];
}
