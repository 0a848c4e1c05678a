import type { Who } from '../../diagnosis/failures/failure.ts';
import { toldBy } from '../../diagnosis/failures/told.ts';
import { isCurl, isGit } from '../../kit/host/abilities.ts';
import type { EventOf, Evidence, Exchange } from '../../ledger/index.ts';
import { splitUrl } from '../../url/index.ts';
import type { StepFailure } from './step.ts';

/** What was recorded in a span of the ledger. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * How a step failed: somebody went around the proxy, or the proxy refused, or else what the program says.
 * @param who whose step it is; a job's parts tell by themselves
 * @param text what the program says, the last words first
 */
export function explainFailure(
  evidence: Evidence,
  { from, until }: Span,
  who: Who,
  texts: readonly string[],
): StepFailure {
  const within = (seq: number): boolean => seq > from && seq < until;
  const text = texts[0] ?? '';
  const told = texts.flatMap((each) => toldBy(each) ?? [])[0];
  const direct = evidence.tripwire().find(({ seq }) => within(seq));
  const refused = evidence.proxy().findLast((each) => within(each.evidence[0] ?? 0) && isRefusal(each));
  const whoElse = (): Who => told?.who ?? who;
  if (direct && !(refused && isJob(who)))
    return { who: whoWent(direct, who), kind: 'direct', host: splitUrl(direct.to).host, text };
  if (refused)
    return {
      who: whoAsked(refused, who),
      kind: 'answered',
      host: splitUrl(refused.target).host,
      ...(refused.status === undefined ? {} : { status: refused.status }),
      text,
    };
  return { who: whoElse(), kind: told?.kind ?? 'unknown', ...(told?.target ? { host: told.target.host } : {}), text };
}

const isJob = (who: Who): boolean => who === 'tool';

/** An answer of the proxy's own that nothing better followed; asking for a password is none by itself, but the last one is. */
const isRefusal = ({ madeBy, status = 0 }: Exchange): boolean => madeBy !== 'origin' && status >= 400;

/** Whose connection met the tripwire. */
function whoWent({ detail, headers = [] }: EventOf<'tripwire'>, who: Who): Who {
  if (!isJob(who)) return who;
  if (isGit(detail, headers)) return 'git';
  if (isCurl(headers)) return 'tool';
  return /\/v2\/|registry/.test(detail) ? 'dind' : 'tool';
}

/** Whose request the proxy refused. */
function whoAsked({ target, headers }: Exchange, who: Who): Who {
  if (!isJob(who)) return who;
  const agent = headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';
  if (/\bdocker:237[56]\b/.test(target)) return 'docker-cli';
  if (agent.startsWith('git/')) return 'git';
  return /^docker\b/i.test(agent) ? 'dind' : 'tool';
}
