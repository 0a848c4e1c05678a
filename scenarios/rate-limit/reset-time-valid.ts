import {
  type AxisValues,
  allLimitAxes,
  isUsualShape,
  jobOfSize,
  limitedRequestOf,
  limitedScenario,
  sizeAxis,
  sizesOf,
} from '../../harness/kit/index.ts';
import { resetTimeNextDay } from './_rules/reset-time-next-day.ts';
import { isOfKeepAlive, resetTimeOfKeepAlive, silentJob } from './_rules/reset-time-of-keep-alive.ts';
import { isOfParts, jobOfParts, resetTimeOfParts } from './_rules/reset-time-of-parts.ts';
import { clockAheadSeconds, resetTimeValid } from './_rules/reset-time-valid.ts';

const rule = resetTimeValid();

/** Those that say something beside the first of each, and of which a case has one at the most. */
const more = {
  size: sizeAxis,
  part: { values: ['first', 'third', 'every'], default: 'first' },
  zone: { values: ['unset', 'Asia/Tokyo', 'America/New_York'], default: 'unset' },
  clock: { values: ['same', 'gitlab-ahead', 'gitlab-behind'], default: 'same' },
  day: { values: ['same', 'next'], default: 'same' },
  reason: { values: ['usual', 'other'], default: 'usual' },
  update: { values: ['end', 'keep-alive'], default: 'end' },
};

const hasThirdPart = (axes: AxisValues): boolean => limitedRequestOf(axes) === 'trace' && axes['part'] !== 'first';

/** Whether the job of a case prints what the case needs: parts of a trace, or a large one. */
const hasScript = (axes: AxisValues): boolean =>
  limitedRequestOf(axes) === 'trace' && (axes['part'] !== 'first' || axes['size'] !== 'usual');

export default limitedScenario({
  id: 'rate-limit/reset-time-valid',
  asks: 'Does it wait until the stated time, then send the same request again?',
  explains:
    "GitLab answers the first request of the kind with 429 and a RateLimit-ResetTime 7 s ahead. The request must come again, not earlier than that time (which has a resolution of one second) and at most 2 s after it, so that a runner that asks every 3 s, 5 s or 10 s whatever it is told does not come right by chance, with the same method, URL and body, every byte of it; of an upload the content is compared, without the form's boundary. With part and size the third part of a trace is limited, or each once. With zone the runner's process has TZ, which says nothing about a date in GMT. With clock GitLab's is 90 s ahead of the runner's, or behind it: the time may be waited for by either clock, and a time that is past by the runner's own is followed by the request at once, or after a default interval. With day=next the time is a day and 3 s ahead: nothing may come for 70 s, or in simulated time until then. With reason=other the 429 has another reason phrase, which means nothing (RFC 9112 section 4). With update=keep-alive a job prints nothing, and what is limited for 10 s is the update that says no more than that it runs.",
  axes: { ...allLimitAxes, ...more },
  where: (axes) => {
    const kind = limitedRequestOf(axes);
    const apart = Object.entries(more).filter(([name, axis]) => axes[name] !== axis.default);
    if (apart.length === 0) return isUsualShape(axes);
    if (kind === 'unregister') return false;
    if (apart.length > 1 || axes['body'] !== 'empty' || axes['connection'] !== 'keep-alive') return false;
    if (axes['size'] !== 'usual') return sizesOf(kind).includes(axes['size'] ?? '');
    if (isOfKeepAlive(axes)) return kind === 'update';
    if (axes['day'] !== 'same' || axes['reason'] !== 'usual') return kind === 'job';
    return axes['part'] === 'first' || kind === 'trace';
  },
  abilities: (axes) => [
    ...(isOfKeepAlive(axes) ? (['keep-alive'] as const) : []),
    ...(hasScript(axes) ? (['script'] as const) : []),
  ],
  rule: (axes) => {
    if (axes['day'] === 'next') return resetTimeNextDay;
    if (isOfKeepAlive(axes)) return resetTimeOfKeepAlive;
    return isOfParts(axes) ? resetTimeOfParts : rule;
  },
  gitlab: (axes) => {
    const job = jobOfSize(axes);
    return {
      ...(hasThirdPart(axes) || isOfKeepAlive(axes) ? { jobs: [] } : {}),
      ...(job ? { jobs: [job] } : {}),
      ...(axes['clock'] === 'same' ? {} : { clockAheadSeconds: clockAheadSeconds(axes) }),
    };
  },
  env: (axes) => (axes['zone'] === 'unset' ? {} : { TZ: axes['zone'] ?? '' }),
  prepare: ({ world, axes }) => {
    if (isOfKeepAlive(axes)) world.gitlab.queue(silentJob({ world }));
    if (hasThirdPart(axes)) world.gitlab.queue(jobOfParts(world.clock.kind));
  },
  mutants: [
    'drops-trace-chunk',
    'asks-every-five-seconds',
    'ignores-reset-time',
    'retries-without-body',
    'retries-another-url',
    'returns-before-reset-time',
    'only-retries-job-requests',
    'never-repeats-unregister',
    'trusts-only-empty-bodies',
    'fails-after-connection-close',
    'cuts-retried-body',
    'retries-upload-with-other-content',
    'reads-reset-time-as-local-time',
    'ends-call-on-past-date',
    'reads-time-of-day-only',
    'knows-limit-by-its-phrase',
    'waits-a-minute-at-most',
    'wakes-early-on-far-reset',
    'waits-twice-as-long',
    'retries-without-headers',
    'remembers-reset-time',
    'repeats-what-succeeded',
    'never-repeats-keep-alive',
  ],
});
