import {
  type Answer,
  answeredAgain,
  asBlocked,
  type DateFormat,
  duration,
  firstAnswered,
  limitedRequest,
  makeLimitedRequest,
  measured,
  ONE_MINUTE_MS,
  RESET_RESOLUTION_MS,
  RESET_TOLERANCE_MS,
  scenario,
} from '../../harness/kit/index.ts';

const RESET_IN_SECONDS = 6;
const WATCH_MS = ONE_MINUTE_MS + 4000;

/** Every spelling, with the answer that has it. */
const answers: Readonly<Record<string, Answer>> = {
  rfc1123: dated('rfc1123'),
  'rfc1123-utc': dated('rfc1123-utc'),
  'numeric-zone': dated('numeric-zone'),
  rfc850: dated('rfc850'),
  asctime: dated('asctime'),
  iso8601: dated('iso8601'),
  epoch: dated('epoch'),
  padded: dated('padded'),
  empty: { status: 429, resetTime: { literal: '' }, body: 'empty' },
  twice: { ...dated('rfc1123'), resetTimeCopies: 2 },
};

function dated(format: DateFormat): Answer {
  return { status: 429, resetTime: { inSeconds: RESET_IN_SECONDS, format }, body: 'empty' };
}

export default scenario({
  id: 'rate-limit/date-formats',
  asks: 'Which spellings of a date does it accept as a reset time?',
  explains:
    'GitLab answers the first job request with 429 and a reset time 6 s ahead, spelled as the axis says. When the request comes again shows whether the runner read the spelling as a date, as an invalid one, or not at all.',
  axes: { format: { values: Object.keys(answers) } },
  abilities: () => ['poll'],
  waits: () => WATCH_MS,
  world: ({ axes }) => ({
    gitlab: { plan: [{ on: 'job', times: 1, give: answers[axes['format'] ?? ''] ?? dated('rfc1123') }] },
  }),
  act: (stage) =>
    makeLimitedRequest(stage, async () => {
      await firstAnswered(stage.world, 'job');
      await answeredAgain(stage.world, 'job', WATCH_MS);
    }),
  judge: (evidence, { axes }) => {
    const { limited, again, unmet } = limitedRequest(evidence, 'job');
    if (!limited) return asBlocked(unmet);
    const asked = `whether ${axes['format']} (${JSON.stringify(limited.planned?.resetTime ?? '')}) is taken for a date`;
    const answered = limited.answered ?? limited.arrived;
    if (!again) return [measured(asked, `${axes['format']}: no further request in ${duration(WATCH_MS)}`, limited)];
    const wait = again.arrived - answered;
    const taken =
      wait > RESET_IN_SECONDS * 1000 - RESET_RESOLUTION_MS &&
      wait < RESET_IN_SECONDS * 1000 + 1000 + RESET_TOLERANCE_MS;
    const fallback = Math.abs(wait - ONE_MINUTE_MS) < RESET_TOLERANCE_MS;
    const how = taken
      ? 'taken for a date'
      : fallback
        ? 'not taken for a date: the fallback of a minute'
        : 'not taken for a date';
    return [measured(asked, `${axes['format']}: ${how}, again after ${duration(wait)}`, limited, again)];
  },
  mutants: [],
});
