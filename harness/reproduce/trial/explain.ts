import type { FailureKind, Who } from '../../diagnosis/failures/failure.ts';
import { toldBy } from '../../diagnosis/failures/told.ts';
import type { Evidence, Exchange } from '../../ledger/index.ts';
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
 * @param texts what the program says, the last words first
 * @param proxies the hosts of the world's proxies
 */
export function explainFailure(
  evidence: Evidence,
  { from, until }: Span,
  who: Who,
  texts: readonly string[],
  proxies: readonly string[],
): StepFailure {
  const within = (seq: number): boolean => seq > from && seq < until;
  const [last = ''] = texts;
  const text = (who === 'tool' ? texts.find(isOfProgram) : undefined) ?? last;
  const told = texts.flatMap((each) => toldBy(each) ?? [])[0];
  const whose = who === 'tool' ? jobWho(texts) : who;
  const named = told?.target ? { host: told.target.host } : {};
  if (told?.kind === 'direct' && told.peer && proxies.includes(told.peer.host))
    return { who: whose, kind: 'proxy-unreachable', host: told.peer.host, text };
  // What did not come as far as a host says so itself.
  if (told && !BY_THE_RECORD.has(told.kind)) return { who: whose, kind: told.kind, ...named, text };
  const direct = evidence.tripwire().find(({ seq }) => within(seq));
  const refused = [...lastByTarget(evidence.proxy().filter((each) => within(each.evidence[0] ?? 0)))].findLast(
    isRefusal,
  );
  if (refused && (told?.kind === 'answered' || !direct))
    return {
      who: asksForDind(refused) ? 'docker-cli' : whose,
      kind: 'answered',
      host: splitUrl(refused.target).host,
      ...(refused.status === undefined ? {} : { status: refused.status }),
      text,
    };
  if (direct) return { who: whose, kind: 'direct', host: splitUrl(direct.to).host, text };
  const unanswered = evidence
    .proxy()
    .findLast((each) => within(each.evidence[0] ?? 0) && each.status === undefined && hostOf(each) === named.host);
  if (unanswered) return { who: whose, kind: 'silent', host: hostOf(unanswered), text };
  return { who: whose, kind: told?.kind ?? 'unknown', ...named, text };
}

const hostOf = ({ target }: Exchange): string => splitUrl(target).host;

/** Ways to fail of which the record knows more than the program. */
const BY_THE_RECORD: ReadonlySet<FailureKind> = new Set([
  'answered',
  'direct',
  'untrusted',
  'poll-forbidden',
  'connection-cut',
  'gave-up',
]);

/** Which program of a job failed, by what it says. */
function jobWho(texts: readonly string[]): Who {
  for (const text of texts) {
    const found = SAYS.find(([pattern]) => pattern.test(text));
    if (found) return found[1];
  }
  return 'tool';
}

/** Whether a line is a program's that is known by what it says. */
const isOfProgram = (text: string): boolean => SAYS.some(([pattern]) => pattern.test(text));

const SAYS: readonly (readonly [RegExp, Who])[] = [
  [/failed to pull image/i, 'daemon'],
  // What the tripwire says to http the CLI takes for its daemon's answer.
  [
    /error during connect|cannot connect to the docker daemon|^Error response from daemon: Connection refused by the test network/i,
    'docker-cli',
  ],
  [/^fatal: |^remote: |RPC failed/, 'git'],
  [/^curl: /, 'tool'],
  [/coordinator\.\.\.|shared cache server\.\.\./, 'helper'],
  [
    /Error response from daemon|^(?:Get|Head) "https?:[^"]*\/v2\/|^denied: |^unauthorized: |failed to (?:push|do request|resolve)/i,
    'dind',
  ],
];

/** The last exchange with each target: a proxy that asks for a password first has not refused for that. */
const lastByTarget = (exchanges: readonly Exchange[]): Iterable<Exchange> =>
  new Map(exchanges.map((each) => [`${each.method} ${each.target}`, each])).values();

/** An answer of the proxy's own. */
const isRefusal = ({ madeBy, status = 0 }: Exchange): boolean => madeBy !== 'origin' && status >= 400;

/** Whether the docker CLI of a job asked the proxy for the service that it was to reach by itself. */
const asksForDind = ({ target }: Exchange): boolean => /\bdocker:237[56]\b/.test(target);
