import {
  type AxisValues,
  check,
  type Evidence,
  type Finding,
  gitlabForRequest,
  headerOf,
  isTls,
  type LimitRule,
  limitedRequest,
  limitedRequestAxis,
  limitedRequestOf,
  makeLimitedRequest,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  rateLimitRules,
  requestAbilities,
  scenario,
  schemeAxis,
} from '../../harness/kit/index.ts';
import { givesUp } from './_rules/gives-up.ts';
import { resetTimeAbsent } from './_rules/reset-time-absent.ts';
import { resetTimeInvalid } from './_rules/reset-time-invalid.ts';
import { resetTimeValid } from './_rules/reset-time-valid.ts';
import { retryAfter } from './_rules/retry-after.ts';

const rules: Readonly<Record<string, LimitRule>> = {
  valid: resetTimeValid(),
  invalid: resetTimeInvalid,
  absent: resetTimeAbsent,
  'retry-after': retryAfter,
  'gives-up': givesUp,
  'header-case': resetTimeValid('ratelimit-resettime'),
};

const ruleOf = (axes: AxisValues): LimitRule => rules[axes['rule'] ?? 'valid'] ?? resetTimeValid();

const worldOf = (axes: AxisValues) => ({
  proxy: proxyOf(axes),
  gitlab: { ...gitlabForRequest(limitedRequestOf(axes)), tls: isTls(axes) },
});

export default scenario({
  id: 'rate-limit/through-proxy',
  asks: 'Do the rules hold with a proxy in between?',
  explains:
    'Every rule of the page, with the job request, and the valid reset time with every kind of request, with an authenticating proxy between the subject and GitLab; with scheme=https inside a tunnel. The judge of the rule must be content, the 429 must have come by the proxy, and nothing may have gone around it.',
  axes: {
    ...limitedRequestAxis,
    rule: { values: Object.keys(rules), default: 'valid' },
    scheme: schemeAxis,
    proxy: proxyAxis,
  },
  // One axis at a time: their product says nothing new.
  where: ({ request, rule, scheme }, profile) =>
    [request !== 'job', rule !== 'valid', scheme !== 'http'].filter(Boolean).length <= 1 &&
    (rule !== 'retry-after' || rateLimitRules(profile).describesRetryAfter),
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => [
    ...requestAbilities(limitedRequestOf(axes)),
    ...(isTls(axes) ? (['custom-ca'] as const) : []),
  ],
  waits: (context) => ruleOf(context.axes).waitsMs(context),
  world: (context) => {
    const { proxy, gitlab } = worldOf(context.axes);
    return { proxy, gitlab: { ...gitlab, plan: ruleOf(context.axes).plan(context) } };
  },
  asksPage: (axes) => ruleOf(axes).asksPage === true,
  act: (stage) => makeLimitedRequest(stage, () => ruleOf(stage.axes).observe(stage)),
  judge: (evidence, context) => [
    ...ruleOf(context.axes).judge(evidence, context),
    ...cameThrough(evidence, context.axes),
  ],
  mutants: [
    'asks-every-five-seconds',
    'reports-the-end-for-debugging-only',
    'reports-polls-that-end-for-debugging-only',
    'sends-credentials-once',
    'ignores-reset-time',
    'matches-header-case-sensitively',
    'no-one-minute-fallback',
    'fallback-of-ten-seconds',
    'treats-absent-like-invalid',
    'one-try-too-few',
    'one-try-too-many',
    'retries-without-body',
    'retries-another-url',
    'returns-before-reset-time',
    'wrong-final-error',
    'retries-on-every-status',
    'ignores-retry-after',
    'only-retries-job-requests',
    'proxies-only-http',
    'proxies-only-job-requests',
    'never-uses-proxy',
    'never-sends-credentials',
    'tunnels-to-default-port',
    'retries-after-two-minutes',
    'backs-off-without-waiting',
    'reports-waits-but-not-the-end',
    'retries-upload-with-other-content',
    'fallback-of-an-hour',
    'retries-without-headers',
    'waits-twice-as-long',
    'repeats-what-succeeded',
    'reads-retry-after-as-milliseconds',
  ],
  control: {
    without: 'the 429: GitLab answers every request at once',
    world: ({ axes }) => worldOf(axes),
  },
});

/** That the 429 crossed the proxy, its header included, and nothing went around. */
function cameThrough(evidence: Evidence, axes: AxisValues): Finding[] {
  const kind = limitedRequestOf(axes);
  const { limited, unmet } = limitedRequest(evidence, kind);
  if (!limited) return [...unmet];
  const direct = evidence.gitlab().filter((each) => each.via !== 'proxy');
  const tunnel = isTls(axes);
  const seen = evidence.proxy().find((each) => (tunnel ? each.method === 'CONNECT' : each.status === 429));
  // Squid's own record has no response headers; where they are there, the header must be among them.
  const header = seen && !tunnel && seen.responseHeaders.length > 0 && limited.planned?.resetTime !== undefined;
  const survived = header ? headerOf(seen.responseHeaders, 'RateLimit-ResetTime') === limited.planned?.resetTime : true;
  const hits = evidence.tripwire();
  return [
    check(
      seen !== undefined && direct.length === 0 && hits.length === 0,
      'the request goes through the proxy, and none goes around it',
      `${seen ? 'the proxy has it' : 'the proxy has no such request'}; ${direct.length + hits.length} went around it`,
      seen,
      ...direct,
      ...hits,
    ),
    check(
      survived,
      'the header survives the proxy',
      survived ? 'it survived' : 'the proxy passed on another value',
      seen,
      limited,
    ),
  ];
}
