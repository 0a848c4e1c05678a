import type { EventOf, Evidence, Exchange, Header } from '../../ledger/index.ts';
import { check, type Finding } from '../finding.ts';

/** A credential of the proxy's, as the ledger names it. */
const OF_THE_PROXY = /«proxy-credentials[^»]*»/;
/** GitLab's tokens, as the ledger names them. */
const OF_GITLAB = /«(job|runner|registration|personal|deploy)-token[^»]*»/;
/**
 * What nobody may read in a job's trace: the two above, and what is signed for one request, also where its URL is escaped. A
 * runner may show such a URL whose signature it masked.
 */
const OF_ANYBODY =
  /«(proxy-credentials|(job|runner|registration|personal|deploy|registry)-token|object-storage-signature|cache-secret-key)[^»]*»|X-Amz-(Signature|Security-Token)(=|%(25)*3D)(?!\[MASKED\])/i;
/** Requests to storage: whoever keeps it gets a signature, and no token. */
const STORAGE = new Set(['object-storage', 'cache']);

const PROXY_ALONE = "the proxy's credentials are shown to nobody but the proxy";
const GITLAB_ALONE = "GitLab's tokens are shown to nobody but GitLab";
const NOT_IN_TRACES = 'no credential stands in the trace of a job';
const NOT_IN_LOG = "no credential stands in the runner's own log";

/** A message that shows a credential to somebody. */
interface Leak {
  /** Completes the sentence "… was sent to". */
  readonly to: string;
  readonly where: string;
  readonly witness: Exchange | EventOf<'tripwire'>;
}

/** That no credential reaches anybody whom it is not meant for (RFC 9110 sections 11.7.2 and 17.16.1). */
export function credentials(evidence: Evidence): Finding[] {
  const origins = [...evidence.gitlab(), ...evidence.requests('registry')];
  const storage = evidence.gitlab().filter(({ requestKind = 'unknown' }) => STORAGE.has(requestKind));
  const connects = evidence.proxy().filter(({ method }) => method === 'CONNECT');
  return [
    ...broken(PROXY_ALONE, [
      ...origins.flatMap((each) => leak(each, OF_THE_PROXY, 'proxy-authorization')),
      ...evidence.tripwire().flatMap(leakOfHit),
    ]),
    ...broken(
      GITLAB_ALONE,
      [...storage, ...connects, ...evidence.requests('registry')].flatMap((each) => leak(each, OF_GITLAB)),
    ),
    ...inTraces(evidence),
    ...inLog(evidence),
  ];
}

const PLACES = { gitlab: 'GitLab', registry: 'the registry', proxy: 'the proxy, in a CONNECT request' } as const;

function leak(each: Exchange, secret: RegExp, header?: string): Leak[] {
  const where = shownIn(each.headers, each.target, secret, header);
  if (where === undefined) return [];
  const { peer, requestKind = 'unknown' } = each;
  const to = STORAGE.has(requestKind) ? 'the storage' : peer in PLACES ? PLACES[peer as keyof typeof PLACES] : peer;
  return [{ to, where, witness: each }];
}

function leakOfHit(hit: EventOf<'tripwire'>): Leak[] {
  const where = shownIn(hit.headers ?? [], hit.detail, OF_THE_PROXY, 'proxy-authorization');
  return where === undefined ? [] : [{ to: hit.to, where, witness: hit }];
}

/** Where a message shows a secret: in a header, or in its target. @param header one that may not be there at all */
function shownIn(headers: readonly Header[], target: string, secret: RegExp, header?: string): string | undefined {
  const shown = headers.find(([name, value]) => name.toLowerCase() === header || secret.test(value));
  if (shown) return `the header ${shown[0]}`;
  return secret.test(target) ? 'the URL' : undefined;
}

function broken(expected: string, leaks: readonly Leak[]): Finding[] {
  const [first] = leaks;
  if (!first) return [];
  const { witness } = first;
  const request = 'method' in witness ? `: ${witness.method} ${witness.target}` : '';
  const seen = `they were sent to ${first.to}, in ${first.where}${request}`;
  return [check(false, expected, seen, ...leaks.slice(0, 5).map((each) => each.witness))];
}

/** In the whole trace of a job that ended, and in the parts of one that did not, or whose trace is too long to be kept whole. */
function inTraces(evidence: Evidence): Finding[] {
  const ends = evidence.of('job').map((end) => ({ end, job: end.job, text: end.trace?.text ?? '' }));
  const parts = evidence
    .gitlab('trace')
    .map((end) => ({ end, job: /\/jobs\/(\d+)\//.exec(end.target)?.[1] ?? '?', text: end.body?.text ?? '' }));
  const shown = [...ends, ...parts].filter(({ text }) => OF_ANYBODY.test(text));
  const [first] = shown;
  if (!first) return [];
  const line = first.text.split('\n').find((each) => OF_ANYBODY.test(each)) ?? '';
  const seen = `job ${first.job}'s trace has the line: ${line.trim().slice(0, 200)}`;
  return [check(false, NOT_IN_TRACES, seen, ...shown.slice(0, 5).map(({ end }) => end))];
}

/** Journals are read by many, and are sent to central servers of logs. */
function inLog(evidence: Evidence): Finding[] {
  const logs = evidence.of('log').filter(({ peer }) => peer === 'subject');
  const shown = logs.flatMap((log) => {
    const text = [log.line, ...Object.values(log.fields ?? {})].map(String).find((each) => OF_ANYBODY.test(each));
    return text === undefined ? [] : [{ log, text }];
  });
  const [first] = shown;
  if (!first) return [];
  const seen = `it has the line: ${first.text.trim().slice(0, 200)}`;
  return [check(false, NOT_IN_LOG, seen, ...shown.slice(0, 5).map(({ log }) => log))];
}
