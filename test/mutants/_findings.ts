/**
 * What a mutant must be failed for: a scenario that fails it for another reason has seen something else. By the mutant's name, what
 * stands in the finding of one of the scenarios that name it.
 */
export const findings: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  'hook-for-new-checkouts-only': {
    'git/hook-alone': /hook=again.*run once for a checkout that was there.*Observed: it was not run/,
  },
  'hook-twice': { 'git/hook-alone': /run once for a new checkout.*Observed: it was run 2 times/ },
  'hook-fails-quietly': { 'git/hook-alone': /hook=fails.*reported as failed.*reported as success/ },
  'git-retries-without-proxy': { 'git/outage': /outage=answers-502\].*nothing goes around the proxy.*info\/refs/ },
  'submodules-retry-without-proxy': {
    'git/outage': /at=submodule.*nothing goes around the proxy.*group\/module\.git/,
  },
  'lfs-retries-without-proxy': { 'git/outage': /at=lfs.*nothing goes around the proxy.*info\/lfs/ },
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
