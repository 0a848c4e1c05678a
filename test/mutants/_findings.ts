/**
 * What a mutant must be failed for: a scenario that fails it for another reason has seen something else. By the mutant's name, what
 * stands in the finding of one of the scenarios that name it.
 */
export const findings: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  'retries-after-two-minutes': {
    'rate-limit/reset-time-absent': /no further action.*Observed: (it was sent again|2 requests, the second) 2 min 0 s/,
  },
  'backs-off-without-waiting': { 'rate-limit/reset-time-absent': /after the default interval.*again 0\.00 s after/ },
  'retries-nothing-but-429': { 'rate-limit/other-statuses': /comes again on 5\d\d.*no retry/ },
  'reports-waits-but-not-the-end': {
    'rate-limit/gives-up-after-five': /is reported when the last try has failed. Observed: nothing was said/,
  },
};
