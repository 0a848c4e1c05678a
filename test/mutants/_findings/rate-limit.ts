import type { Findings } from './findings.ts';

/** What mutants are failed by in `rate-limit`. */
export const rateLimitFindings: Findings = {
  'counts-tries-of-all-uploads': { 'rate-limit/next-episode': /request=upload.*(comes again|3 limits again)/ },
  'asks-every-five-seconds': { 'rate-limit/reset-time-valid': /came again 5\.0\d* s after the 429/ },
  'knows-limit-by-its-phrase': { 'rate-limit/reset-time-valid': /reason=other.*did not come again/ },
  'reads-time-of-day-only': {
    'rate-limit/reset-time-valid': /day=next.*when the stated time has come.*came again 3\.\d+ s/,
  },
  'never-repeats-unregister': { 'rate-limit/reset-time-valid': /request=unregister.*did not come again/ },
  'retries-after-two-minutes': {
    'rate-limit/reset-time-absent': /no further action.*Observed: (it was sent again|2 requests, the second) 2 min 0 s/,
  },
  'backs-off-without-waiting': { 'rate-limit/reset-time-absent': /after the default interval.*again 0\.00 s after/ },
  'retries-nothing-but-429': { 'rate-limit/other-statuses': /comes again on 5\d\d.*no retry/ },
  'reports-waits-but-not-the-end': {
    'rate-limit/gives-up-after-five': /is reported when the last try has failed. Observed: nothing was said/,
  },
  'cuts-retried-body': {
    'rate-limit/reset-time-valid': /size=64KiB.*the same request again.*Observed: PATCH .* with a body of 4096 bytes/,
  },
  'retries-upload-with-other-content': {
    'rate-limit/reset-time-valid': /request=upload.*the same request again.*Observed: POST .*, with another content/,
  },
  'reads-reset-time-as-local-time': {
    'rate-limit/reset-time-valid': /zone=Asia\/Tokyo.*when the stated time has come.*again 0\.00 s after/,
  },
  'ends-call-on-past-date': {
    'rate-limit/reset-time-valid': /clock=gitlab-behind.*comes again at once.*not come again/,
  },
  'waits-a-minute-at-most': {
    'rate-limit/reset-time-valid': /clock=gitlab-ahead.*clock of the runner.*again 60\.0 s after/,
  },
  'retry-after-before-reset-time': {
    'rate-limit/precedence': /others=retry-after-less.*when the stated time has come.*again 1\.00 s after/,
  },
  'rate-limit-reset-before-reset-time': {
    'rate-limit/precedence': /others=reset-less.*when the stated time has come.*came again [12]\.\d\d s after/,
  },
  'goes-by-first-header': { 'rate-limit/precedence': /order=last.*when the stated time has come.*again 1\.00 s after/ },
  'waits-for-latest-header': {
    'rate-limit/precedence': /others=both-more.*when the stated time has come.*again 2\d\.\d s/,
  },
  'falls-back-to-rate-limit-reset': {
    'rate-limit/reset-time-absent': /others=rate-limit-reset.*one request, and no further action.*2 requests/,
  },
  'takes-rate-limit-reset-for-invalid-time': {
    'rate-limit/reset-time-invalid':
      /fallback=rate-limit-reset.*(after the fallback|after the default).*(again 90\.|did not come)/,
  },
  'rate-limit-reset-before-retry-after': {
    'rate-limit/retry-after': /others=rate-limit-reset.*as Retry-After says.*did not come again/,
    'rate-limit/reset-time-invalid': /fallback=both.*as Retry-After says.*did not come again/,
  },
  'ignores-retry-after-of-unregister': {
    'rate-limit/retry-after': /request=unregister.*as Retry-After says.*again 0\.1\d s/,
  },
  'reads-first-retry-after-only': {
    'rate-limit/several-waits': /waits=retry-after.*as Retry-After says.*again 0\.4\d s/,
  },
  'retries-nothing-but-429-later': { 'rate-limit/several-waits': /waits=statuses.*after the default.*not come again/ },
  'reports-the-end-for-debugging-only': {
    'rate-limit/gives-up-after-five': /is reported when the last try has failed. Observed: nothing was said/,
  },
  'reports-polls-that-end-for-debugging-only': {
    'rate-limit/gives-up-after-five': /is reported when the last try has failed. Observed: nothing was said/,
  },
  'never-repeats-keep-alive': {
    'rate-limit/reset-time-valid': /update=keep-alive.*when the stated time has come.*came again 3\.\d+ s/,
  },
  'waits-for-first-limit-only': {
    'rate-limit/several-waits': /waits=2.*when the stated time has come.*again 0\.00 s after/,
  },
  'repeats-first-wait': {
    'rate-limit/several-waits': /waits=2.*when the stated time has come.*again [23]\.\d\d s after/,
  },
  'drops-answer-after-second-wait': {
    'rate-limit/several-waits': /waits=2.*the job is run to success.*the job did not end/,
  },
  'counts-tries-for-whole-process': {
    'rate-limit/next-episode': /next-episode: .*when the stated time has come.*came again 30\.\d s/,
  },
  'counts-tries-until-success': {
    'rate-limit/next-episode': /after=give-up.*when the stated time has come.*came again 30\.\d s/,
  },
  'remembers-reset-time': {
    'rate-limit/next-episode': /next-episode: .*when the stated time has come.*again 0\.00 s after/,
  },
  'holds-others-for-good': {
    'rate-limit/next-episode': /meanwhile=others.*two jobs end as success.*Observed: 0 ended/,
  },
  'keeps-quiet-about-limits': {
    'rate-limit/limit-is-visible': /warning level or above.*neither the log nor the trace/,
  },
  'retries-without-headers': {
    'rate-limit/reset-time-valid': /request=trace.*the same request again.*with another header, Content-Type: none/,
  },
  'reads-retry-after-as-milliseconds': {
    'rate-limit/retry-after': /as many seconds as Retry-After says.*again 0\.0\d s/,
  },
  'rests-after-giving-up': { 'rate-limit/next-episode': /after=give-up.*meets 3 limits again.*it met 0 limits/ },
  'counts-only-dated-limits': {
    'rate-limit/gives-up-after-five':
      /header=absent.*5 to 6 requests.*Observed: (?:\d\d|[7-9]) requests answered with 429/,
  },
  'repeats-what-succeeded': { 'rate-limit/reset-time-valid': /is not made once more. Observed: 3 requests in all/ },
  'repeats-wait-without-header': {
    'rate-limit/several-waits': /waits=then-none.*without a reset time the call ends.*Observed: 3 requests in all/,
  },
  'overflows-on-far-reset': { 'rate-limit/reset-time-far': /ahead=30-days.*no request while it is watched/ },
  'reads-one-digit-of-retry-after': {
    'rate-limit/retry-after': /seconds=12.*as many seconds as Retry-After says.*again 1\.0\d s/,
  },
  'finds-a-number-in-retry-after': {
    'rate-limit/reset-time-absent': /others=retry-after-with-unit.*after the default interval.*not come again/,
  },
  'takes-january-for-no-month': { 'rate-limit/reset-time-far': /ahead=a-january.*no request while it is watched/ },
  'takes-any-month-and-day': { 'rate-limit/reset-time-invalid': /time=month.*not come again/ },
};
