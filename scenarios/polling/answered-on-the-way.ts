import {
  type Axis,
  behindProxy,
  blocked,
  type Evidence,
  type Exchange,
  isSuccess,
  isTls,
  measured,
  type Plan,
  requestAbilities,
  requestJobs,
  START_LIMIT_MS,
  type Stage,
  scenario,
  schemeAxis,
  shortJob,
  under,
  whilePolling,
} from '../../harness/kit/index.ts';
import { AT_GITLAB, AT_PROXY, correlationFindings, type Met, metIn, says, tells } from './_correlation.ts';

const STATUS = { values: ['403', '429', '502'] } as const satisfies Axis;
const REQUEST = { values: ['job', 'trace'], default: 'job' } as const satisfies Axis;

/** Whether the page speaks of it. */
const ASKED = { '14.10': false, '18.11': true } as const;

/** How long a call and its tries may take until the log tells what became of it, in milliseconds. */
const TELL_LIMIT_MS = 40_000;
const GOOD_LIMIT_MS = 15_000;

const requestOf = (name: string | undefined): 'job' | 'trace' => REQUEST.values.find((each) => each === name) ?? 'job';

export default scenario({
  id: 'polling/answered-on-the-way',
  asks: "Does its log tell an answer of the proxy's own from one of GitLab's?",
  explains:
    "GitLab answers a job request with 403, 429 or 502, then as usual, and then the proxy answers one with the same status by itself: http by the forwarded request, https by the CONNECT. With request=trace it is the trace of a job, and then of the next. GitLab's answers have an X-Request-Id of its own making, a ULID; the proxy's have none. Profile 18.11 wants correlation_id in a line of the log about each: of GitLab's answer the id that GitLab gave, of the proxy's the id that the runner sent with the request (by https, where nobody sees that, an id of the same form that GitLab never gave), 32 lower-case hexadecimal digits. Requests of different calls must have different ids. The profiles before do not speak of it: what the log says is measured.",
  axes: { status: STATUS, request: REQUEST, scheme: schemeAxis },
  where: ({ status, request, scheme }) => request === 'job' || (status === '502' && scheme === 'http'),
  abilities: ({ axes }) => [
    ...requestAbilities(requestOf(axes['request'])),
    ...(isTls(axes) ? (['custom-ca'] as const) : []),
  ],
  waits: () => 10_000,
  world: ({ axes }) => ({
    gitlab: {
      tls: isTls(axes),
      jobs: requestJobs(requestOf(axes['request'])),
      plan: refusals(axes['request'], axes['status']),
    },
    proxy: { kind: 'basic' },
  }),
  act: (stage) => answerTwice(stage, true),
  judge: (evidence, { axes, profile }) => {
    const kind = requestOf(axes['request']);
    const status = Number(axes['status']);
    const [gitlab, proxy] = [metIn(evidence, AT_GITLAB, kind, status), metIn(evidence, AT_PROXY, kind, status)];
    const [answer, own] = [gitlab.answers[0], proxy.answers[0]];
    const needed = `a ${status} of GitLab's and one of the proxy's are met`;
    if (!answer) return [blocked(needed, "GitLab's was not", own)];
    if (!under(profile, ASKED)) {
      const said = `${words(gitlab, 'GitLab')}; ${words(proxy, 'the proxy')}`;
      return [measured("what the log's lines have of a correlation id", said, answer, own)];
    }
    if (!own) return [blocked(needed, "the proxy's was not", answer)];
    const good = goodAnswers(evidence, kind);
    if (!good[0]) return [blocked(`GitLab answers a ${kind} request as usual`, 'it answered none so', answer, own)];
    return correlationFindings(
      gitlab,
      proxy,
      good.flatMap((each) => says(each.headers)),
    );
  },
  mutants: [
    'logs-no-correlation-id',
    'logs-own-id-for-gitlab',
    'logs-another-id-than-sent',
    'logs-id-of-answer-before',
    'sends-one-id-for-all',
    'makes-id-with-dashes',
  ],
  control: { without: "the proxy's own answer: GitLab gives it, too", act: (stage) => answerTwice(stage, false) },
});

const refusals = (request: string | undefined, status: string | undefined): Plan => [
  { on: requestOf(request), times: 'ever', give: { status: Number(status), body: 'json' } },
];

/** @param byProxy whether the second is the proxy's */
function answerTwice(stage: Stage, byProxy: boolean): Promise<void> {
  const { world, axes } = stage;
  const kind = requestOf(axes['request']);
  const status = Number(axes['status']);
  return whilePolling(stage, behindProxy(stage), async () => {
    world.mark(AT_GITLAB, `GitLab answers ${kind} requests with ${status}`);
    await world.waitFor(
      "the log's word of GitLab's answer",
      (seen) => tells(seen, AT_GITLAB)[0],
      TELL_LIMIT_MS + START_LIMIT_MS,
    );
    world.gitlab.follow([]);
    await world.waitFor('a good answer', (seen) => goodAnswers(seen, kind)[0], GOOD_LIMIT_MS);
    if (byProxy) {
      world.proxy.inject({
        fault: 'answer',
        status,
        on: isTls(axes) ? 'connect' : 'forward',
        ...(kind === 'trace' ? { line: 'PATCH ' } : {}),
        body: { framing: 'length', text: 'The proxy says so.\n' },
      });
      // A tunnel that is open would have no more answers of the proxy's.
      if (isTls(axes)) await world.proxy.restart();
    } else world.gitlab.follow(refusals(axes['request'], axes['status']));
    world.mark(AT_PROXY, `${byProxy ? 'the proxy itself' : 'GitLab'} answers ${kind} requests with ${status}`);
    if (kind === 'trace') world.gitlab.queue(shortJob);
    await world.waitFor("the log's word of the proxy's answer", (seen) => tells(seen, AT_PROXY)[0], TELL_LIMIT_MS);
  });
}

const goodAnswers = (seen: Evidence, kind: 'job' | 'trace'): readonly Exchange[] => seen.gitlab(kind).filter(isSuccess);

/** Ids differ from run to run, so a measured answer says whose they are. */
function words({ answers, lines, given, sent }: Met, who: string): string {
  const [line] = lines;
  if (answers.length === 0) return `${who} was not asked`;
  if (!line) return `of ${who}'s answer no line`;
  if (line.id === undefined) return `of ${who}'s answer a line without one`;
  if (given.includes(line.id)) return `of ${who}'s answer the one that it gave`;
  return `of ${who}'s answer ${sent.length === 0 || sent.includes(line.id) ? "the runner's own" : 'another one'}`;
}
