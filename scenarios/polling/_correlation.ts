import {
  check,
  type EventOf,
  type Evidence,
  type Exchange,
  type Finding,
  type Header,
  headerOf,
} from '../../harness/kit/index.ts';

/** Marks from when on GitLab refuses, and from when on the proxy does. */
export const AT_GITLAB = 'refused-by-gitlab';
export const AT_PROXY = 'refused-by-proxy';

/** A line about a request that did not go well. One about a wait before the next try comes before the call is over. */
const TELLS = /^(?!.*waiting before).*(?:forbidden|fail|unavailable|gave up|error|\b(?:403|429|502)\b)/i;
const ID = /\bcorrelation_id"?\s*[:=]\s*"?([\w-]+)/;
const OWN = /^[0-9a-f]{32}$/;

/** A line of the log and the id that it has. */
interface Told {
  readonly event: EventOf<'log'>;
  readonly id: string | undefined;
}

/** What happened while one of them refused. */
export interface Met {
  readonly answers: readonly Exchange[];
  readonly lines: readonly Told[];
  /** Ids that came with the answers, and with the requests that got them. */
  readonly given: readonly string[];
  readonly sent: readonly string[];
}

/** `X-Request-Id`, where there is one. */
export const says = (headers: readonly Header[] = []): string[] => {
  const id = headerOf(headers, 'X-Request-Id');
  return id ? [id] : [];
};

/** What the log says of requests that did not go well, from one mark on until the next. */
export function tells(seen: Evidence, mark: string): Told[] {
  const [from, to] = span(seen, mark);
  return seen
    .logs(TELLS)
    .filter(({ seq }) => seq > from && seq < to)
    .map((event) => ({ event, id: ID.exec(event.line)?.[1] }));
}

function span(seen: Evidence, mark: string): readonly [from: number, to: number] {
  const from = seen.mark(mark)?.seq ?? Number.POSITIVE_INFINITY;
  const next = mark === AT_GITLAB ? seen.mark(AT_PROXY)?.seq : undefined;
  return [from, next ?? Number.POSITIVE_INFINITY];
}

/** Answers of one status, given by GitLab or by the proxy alone, and what the log says of them. */
export function metIn(seen: Evidence, mark: string, kind: 'job' | 'trace', status: number): Met {
  const [from, to] = span(seen, mark);
  const all = mark === AT_GITLAB ? seen.gitlab(kind) : seen.proxy();
  const answers = all.filter(
    (each) => each.status === status && (each.evidence[0] ?? 0) > from && (each.evidence[0] ?? 0) < to,
  );
  return {
    answers,
    lines: tells(seen, mark),
    given: answers.flatMap(({ responseHeaders }) => says(responseHeaders)),
    sent: answers.flatMap(({ headers }) => says(headers)),
  };
}

/**
 * That each answer's line in the log has the id that it should have.
 * @param good the ids of calls that went well
 */
export function correlationFindings(gitlab: Met, proxy: Met, good: readonly string[]): Finding[] {
  const [first, second] = [
    gitlab.lines.find(({ id }) => id) ?? gitlab.lines[0],
    proxy.lines.find(({ id }) => id) ?? proxy.lines[0],
  ];
  const calls = [new Set(gitlab.sent), new Set(good), ...(proxy.sent.length > 0 ? [new Set(proxy.sent)] : [])];
  const distinct = new Set(calls.flatMap((each) => [...each])).size === calls.reduce((sum, { size }) => sum + size, 0);
  const own = second?.id;
  const known = proxy.sent.length > 0 ? proxy.sent.includes(own ?? '') : !gitlab.given.includes(own ?? '');
  return [
    check(
      calls.every(({ size }) => size > 0) && distinct,
      'every API request has an X-Request-Id, and different calls have different ones',
      calls.some(({ size }) => size === 0)
        ? 'requests had none'
        : distinct
          ? 'each call had one of its own'
          : 'calls had the same one',
      gitlab.answers[0],
      proxy.answers[0],
    ),
    check(
      first?.id !== undefined && gitlab.given.includes(first.id),
      "the log's line about GitLab's own answer has the correlation id that GitLab gave",
      worded(first, gitlab),
      first?.event,
      gitlab.answers[0],
    ),
    check(
      own !== undefined && OWN.test(own) && known,
      "the log's line about the proxy's answer has the runner's own correlation id, in lower-case hexadecimal digits",
      worded(second, proxy),
      second?.event,
      proxy.answers[0],
    ),
  ];
}

function worded(told: Told | undefined, { given, sent }: Met): string {
  if (!told) return 'the log says nothing of it';
  if (told.id === undefined) return `its line has no correlation id: ${told.event.line.slice(0, 160)}`;
  const whose = given.includes(told.id)
    ? "the answer's"
    : sent.includes(told.id)
      ? "the request's"
      : "neither the answer's nor the request's";
  return `it has ${told.id}, which is ${whose}`;
}
