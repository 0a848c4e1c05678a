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
  'shows-job-token-to-storage': {
    'artifacts/through-proxy':
      /GitLab's tokens are shown to nobody but GitLab.*to the storage, in the header JOB-TOKEN/i,
  },
  'uploads-other-artifacts': { 'artifacts/through-proxy': /the file that the job made.*as it was made/ },
  'uploads-zeros-as-cache': { 'cache/through-proxy': /has what the first left/ },
};
