import {
  type Answer,
  answerShape,
  callOf,
  check,
  counted,
  DEFAULT_INTERVAL_LIMIT_MS,
  type Evidence,
  type Exchange,
  type Finding,
  firstAnswered,
  givingUp,
  isShown,
  type LimitedKind,
  type LimitRule,
  limitedRequest,
  limitedRequestOf,
  ONE_MINUTE_MS,
  type RateLimitRules,
  type ResetTime,
  rateLimitRules,
  repeatsByItself,
  reportedLine,
  reportsError,
  saysItInTheTrace,
  triesOf,
} from '../../../harness/kit/index.ts';

const RESET_IN_SECONDS = 2;
/**
 * Longest that a single wait takes, with its tolerance, in milliseconds: a minute where the page has it so, or leaves the
 * length of its default interval open.
 */
const waitLimit = (header: string | undefined): number =>
  header === 'valid' || header === 'retry-after' || header === undefined
    ? (RESET_IN_SECONDS + 1) * 1000 + 2500
    : ONE_MINUTE_MS + 3000;
/** How long it is watched after the error, for a request too many, in milliseconds: longer than the wait before it would be. */
const afterwards = (header: string | undefined, { onInvalid }: RateLimitRules): number => {
  const isOpen = header === 'absent' || (header === 'invalid' && onInvalid.do === 'back-off');
  return isOpen ? DEFAULT_INTERVAL_LIMIT_MS : 4000;
};

/** What a helper's own attempts may add until its error is in the trace, in milliseconds. */
const AFTER_ALL_MS = 10_000;
/** So many times what is allowed are no retries any more: there is no need to see them all. */
const FLOOD = 8;

const resetTimes: Readonly<Record<string, ResetTime>> = {
  valid: { inSeconds: RESET_IN_SECONDS },
  invalid: { literal: 'in a little while' },
  past: { inSeconds: -600 },
};

function says(header = 'valid'): Partial<Answer> {
  if (header === 'absent') return {};
  if (header === 'retry-after') return { retryAfter: RESET_IN_SECONDS };
  return { resetTime: resetTimes[header] ?? { inSeconds: RESET_IN_SECONDS } };
}

/** A 429 that never ends: the rule is repeated as often as the page says, then the error is reported. */
export const givesUp: LimitRule = {
  waitsMs: ({ axes, profile }) => {
    const { requests, onInvalid } = rateLimitRules(profile);
    const long = axes['header'] === 'invalid' && onInvalid.do === 'wait';
    return requests.least * (long ? onInvalid.ms : (RESET_IN_SECONDS + 1) * 1000);
  },
  plan: ({ axes }) => [
    {
      on: limitedRequestOf(axes),
      times: 'ever',
      give: {
        status: 429,
        ...says(axes['header']),
        ...answerShape(axes),
      },
    },
  ],
  asksPage: true,
  observe: async ({ world, axes, rateLimit }) => {
    const kind = limitedRequestOf(axes);
    await firstAnswered(world, kind);
    const { pattern } = givingUp(rateLimit);
    const { least } = rateLimit.requests;
    const count = (seen: Evidence): number => triesOf(seen, kind).length;
    const over = (seen: Evidence): boolean =>
      count(seen) >= FLOOD * least ||
      (saysItInTheTrace(kind)
        ? !!reportedLine(seen, pattern) && count(seen) >= least
        : !!lastWord(seen, kind, rateLimit));
    const { clock } = world;
    const end = clock.elapsed() + least * waitLimit(axes['header']) + AFTER_ALL_MS;
    for (let before = 0; before < count(world.evidence) && !over(world.evidence) && clock.elapsed() < end; ) {
      before = count(world.evidence);
      const next = (seen: Evidence): boolean => over(seen) || count(seen) > before;
      const limit = Math.min(waitLimit(axes['header']), end - clock.elapsed());
      await world.waitFor(`another ${kind} request, or the error`, next, limit);
    }
    if (over(world.evidence) && count(world.evidence) < FLOOD * least) {
      await world.watch(afterwards(axes['header'], rateLimit), `whether a ${kind} request too many comes`);
    }
  },
  judge: (evidence, { axes, profile }) => {
    const kind = limitedRequestOf(axes);
    const { limited, unmet } = limitedRequest(evidence, kind);
    if (!limited) return unmet;
    const rules = rateLimitRules(profile);
    const { pattern, says } = givingUp(rules);
    const all = triesOf(evidence, kind);
    const { least, most } = rules.requests;
    const number = least === most ? `${least}` : `${least} to ${most}`;
    const expected = `${number} requests answered with 429, then ${says}`;
    if (saysItInTheTrace(kind)) {
      // The error comes with the job's trace, later than the helper's own next attempt.
      return [
        check(
          all.length >= least && all.length < FLOOD * least,
          expected,
          `${counted(all.length, 'requests')} in all`,
          ...all,
        ),
        reportsError(evidence, pattern, says),
      ];
    }
    // Where each call has an id, its tries are told from the next call by that.
    const given = repeatsByItself(kind) && !haveOneId(all) ? lastWord(evidence, kind, rules) : undefined;
    const tries = given === undefined ? all : all.filter((each) => (each.evidence[0] ?? 0) < given);
    return [
      check(
        tries.length >= least && tries.length <= most,
        expected,
        `${counted(tries.length, 'requests')} answered with 429`,
        ...tries,
      ),
      reportsInTheEnd(evidence, kind, rules),
    ];
  },
};

/** Whether the tries of a call have an id in common. A runner may as well give one to each request. */
function haveOneId([first, ...more]: readonly Exchange[]): boolean {
  const id = first && callOf(first);
  return id !== undefined && more.length > 0 && more.every((each) => callOf(each) === id);
}

/**
 * That the error is said: where it is the final answer's own, after that answer and before anything else is asked. A line about
 * each wait may name the status as well, and is not what the page wants.
 */
function reportsInTheEnd(evidence: Evidence, kind: LimitedKind, rules: RateLimitRules): Finding {
  const { pattern, says } = givingUp(rules);
  const { givesUpWith, requests } = rules;
  if (givesUpWith !== undefined) return reportsError(evidence, pattern, says);
  const all = evidence.gitlab(kind);
  const tries = triesOf(evidence, kind).slice(0, requests.most);
  const said = tries.slice(requests.least - 1).flatMap((last) => {
    const next = all.find((each) => begin(each) > begin(last) && isNewCall(each, all, last));
    return evidence.logs(pattern).filter(({ seq, line }) => {
      const isBetween = seq > answerOf(evidence, last) && seq < (next ? begin(next) : Number.POSITIVE_INFINITY);
      return isBetween && isShown(line);
    });
  });
  const line = said[0];
  return check(
    line !== undefined,
    `${says} is reported when the last try has failed`,
    line ? `reported: ${line.line.slice(0, 200)}` : 'nothing was said after the last answer',
    line,
    tries.at(-1),
  );
}

/** Whether a request is the first of its call, as far as ids tell. One that was made before goes on by itself, whatever is said of this. */
const isNewCall = (each: Exchange, all: readonly Exchange[], last: Exchange): boolean => {
  const id = callOf(each);
  return id === undefined || !all.some((before) => begin(before) <= begin(last) && callOf(before) === id);
};

const begin = (exchange: Exchange): number => exchange.evidence[0] ?? 0;

/** Where in the ledger a request was answered; its end when it was not. */
const answerOf = (evidence: Evidence, { id, peer }: Exchange): number =>
  evidence.of('response').find((each) => each.exchange === id && each.peer === peer)?.seq ?? Number.POSITIVE_INFINITY;

/**
 * The place in the ledger where the subject says that it gave up: the first such line after the first try. Where the error is
 * that of the answer, a line about one wait among several is not the final word, though it may name the status; once there
 * were tries enough, it is whatever its words.
 */
function lastWord(evidence: Evidence, kind: LimitedKind, rules: RateLimitRules): number | undefined {
  const { givesUpWith, requests } = rules;
  const tries = triesOf(evidence, kind);
  const [first] = tries;
  if (!first) return undefined;
  const enough = tries[requests.least - 1];
  const from = enough ? answerOf(evidence, enough) : Number.POSITIVE_INFINITY;
  return evidence
    .logs(givingUp(rules).pattern)
    .find(({ seq, line }) => seq > begin(first) && (givesUpWith !== undefined || seq > from || !isAboutWait(line)))
    ?.seq;
}

const isAboutWait = (line: string): boolean => /waiting|sleeping|couldn't parse|retrying/i.test(line);
