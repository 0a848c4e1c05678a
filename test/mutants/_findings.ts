/**
 * What a mutant must be failed for: a scenario that fails it for another reason has seen something else. By the mutant's name, what
 * stands in the finding of one of the scenarios that name it.
 */
export const findings: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  'asks-again-at-once': { 'polling/idle': /with a poll interval of 3\.00 s at most.*Observed: \d+ requests came/ },
  'asks-again-at-once-after-failures': { 'polling/idle': /at most 60 requests of a kind.*of the kind job/ },
  'rests-after-many-failures': { 'polling/idle': /asked for again within 62\.0 s.*none came for the last/ },
  'reports-system-failure-for-failed-script': {
    'polling/job-lifecycle': /reason that GitLab is told.*told runner_system_failure, and exit code 3/,
  },
  'counts-tries-of-all-uploads': { 'rate-limit/next-episode': /request=upload.*(comes again|3 limits again)/ },
  'knows-limit-by-its-phrase': { 'rate-limit/reset-time-valid': /reason=other.*did not come again/ },
  'reads-time-of-day-only': {
    'rate-limit/reset-time-valid': /day=next.*when the stated time has come.*came again 3\.\d+ s/,
  },
  'reports-killed-script-as-success': { 'polling/two-jobs': /exit code 137.*Observed: it was reported as success/ },
  'goes-on-after-failed-command': {
    'polling/two-jobs': /first command that fails.*reported as success, and went on/,
  },
  'never-repeats-unregister': { 'rate-limit/reset-time-valid': /request=unregister.*did not come again/ },
  'ignores-concurrent': { 'polling/two-jobs': /no more than 2 jobs run at once.*was taken while 2 others ran/ },
  'skips-byte-after-range-mismatch': {
    'polling/outage-mid-job': /how=answer-lost.*(no part of it is lost|is reported as)/,
  },
  'tells-end-before-rest': { 'polling/job-lifecycle': /when the whole trace has been sent.*had to ask/ },
  'reports-other-exit-code': { 'polling/job-lifecycle': /Observed: GitLab was told script_failure, and exit code 1/ },
  'logs-proxy-url': { 'polling/authenticates': /no credential stands in the runner's own log.*Using proxy/ },
  'logs-runner-token': { 'polling/through-proxy': /no credential stands in the runner's own log.*Starting with token/ },
  'cuts-long-traces': { 'polling/job-lifecycle': /has all 300 lines/ },
  'garbles-trace': { 'polling/job-lifecycle': /unchanged\. Observed: line 1 ends with: .*\?/ },
  'decodes-pieces-of-output': {
    'polling/job-lifecycle':
      /characters that a job prints in pieces.*Observed: the line is: proxyproof in pieces \ufffd/,
  },
  'skips-byte-after-full-part': {
    'polling/job-lifecycle': /trace=2MiB.*rules of its protocol.*but the range of this part is 1048654-/,
  },
  'loses-byte-of-long-traces': { 'polling/job-lifecycle': /trace=2MiB.*all 5000 lines.*in order and unchanged/ },
  'drops-last-words': {
    'polling/job-lifecycle': /and the last line of a script.*Observed: the line without an end is not/,
  },
  'prints-stderr-last': { 'polling/job-lifecycle': /on stderr is in the trace.*Observed: it is after line 300/ },
  'reports-timeout-as-failed-script': {
    'polling/job-lifecycle': /ends=timeout.*is job_execution_timeout\. Observed: GitLab was told script_failure/,
  },
  'ignores-timeouts': { 'polling/job-lifecycle': /ends=timeout.*no final state of the job was reported/ },
  'unifies-line-ends': { 'polling/job-lifecycle': /300 lines end as the job ended them.*0 lines end so/ },
  'lfs-asks-storage-directly': { 'git/lfs': /storage requests arrive at GitLab.*nothing goes around the proxy/ },
  'lfs-shows-token-to-storage': { 'git/lfs': /GitLab's tokens are shown to nobody but GitLab.*the storage/ },
  'lfs-spoils-objects': { 'git/lfs': /the object that was stored.*it has the SHA-256/ },
  'docker-artifacts-retry-directly': { 'artifacts/outage': /nothing goes around the proxy\. Observed: .*gitlab\.test/ },
  'docker-cache-retries-directly': { 'cache/outage': /nothing goes around the proxy\. Observed: .*storage\.test/ },
  'docker-omits-job-services': { 'containers/environment': /the job's service has.*Observed: it lacks https_proxy/ },
  'docker-cuts-values-at-equals': {
    'containers/environment': /Observed: PROXYPROOF_EQUALS arrived with another value/,
  },
  'docker-decodes-values': { 'containers/environment': /Observed: PROXYPROOF_PERCENT\b.* arrived with another value/ },
  'docker-ignores-network-per-build': {
    'containers/environment': /no container of the job is in docker0's network.*Observed: runner-/,
  },
  'hook-for-new-checkouts-only': {
    'git/hook-alone': /hook=again.*run once for a checkout that was there.*Observed: it was not run/,
  },
  'hook-twice': { 'git/hook-alone': /run once for a new checkout.*Observed: it was run 2 times/ },
  'undoes-hook-before-submodules': {
    'git/hook-alone': /hook=submodule.*nothing goes around the proxy.*group\/module\.git/,
  },
  'submodules-take-any-certificate': {
    'git/wrong-certificate':
      /of=submodule.*git sends nothing.*Observed: \d+ requests? came, the first: GET \S*group\/module/,
  },
  'lfs-takes-any-certificate': {
    'git/wrong-certificate': /of=lfs.*git sends nothing.*Observed: \d+ requests? came, the first: POST \S*lfs/,
  },
  'hook-fails-quietly': { 'git/hook-alone': /hook=fails.*reported as failed.*reported as success/ },
  'git-retries-without-proxy': { 'git/outage': /outage=answers-502\].*nothing goes around the proxy.*info\/refs/ },
  'limited-git-goes-direct': { 'git/outage': /outage=answers-429\].*nothing goes around the proxy/ },
  'submodules-retry-without-proxy': {
    'git/outage': /at=submodule.*nothing goes around the proxy.*group\/module\.git/,
  },
  'lfs-retries-without-proxy': { 'git/outage': /at=lfs.*nothing goes around the proxy.*info\/lfs/ },
  'submodules-fail-quietly': {
    'git/outage': /at=submodule.*the job is reported as failed\. Observed: the job was reported as success/,
  },
  'lfs-fails-quietly': {
    'git/outage': /at=lfs.*the job is reported as failed\. Observed: the job was reported as success/,
  },
  'skips-nested-submodules': {
    'git/submodules': /strategy=recursive.*the job is reported as success.*as failed.*module\/inner\/content\.txt/,
  },
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
  'uploads-other-artifacts': {
    'artifacts/through-proxy': /as they were made\. Observed: dist\/random came with another content/,
  },
  'cache-lacks-hidden-files': { 'cache/through-proxy': /Observed: cached\/\.hidden of 5 is not there/ },
  'cache-lacks-empty-files': { 'cache/through-proxy': /Observed: cached\/empty of 5 is not there/ },
  'cache-lacks-names-with-blanks': { 'cache/through-proxy': /Observed: cached\/a b\/c d of 5 is not there/ },
  'caches-first-path-only': { 'cache/through-proxy': /Observed: more\/random of 5 is not there/ },
  'cuts-cache-keys': { 'cache/through-proxy': /which has another key, finds nothing\. Observed: it found cached\// },
  'docker-shows-cache-secret': {
    'cache/through-proxy': /secret key of the cache's bucket\. Observed: docker inspect shows it in runner-/,
  },
  'docker-omits-aliases': {
    'containers/environment': /reaches its services by their aliases\. Observed: it did not reach service/,
  },
  'keeps-files-over-artifacts': {
    'artifacts/through-proxy':
      /there=same-file.*the job is reported as success\. Observed: the job was reported as failed/,
  },
  'keeps-cache-once': { 'cache/through-proxy': /kept by each job: 3 PUTs succeed\. Observed: 2 of 2 requests did/ },
  'helper-takes-any-certificate': {
    'artifacts/wrong-certificate': /the helper sends nothing.*Observed: \d+ requests? came, the first: GET /,
  },
  'fails-job-without-cache': {
    'cache/outage': /job 2 is reported as success\. Observed: job 2 was reported as failed/,
  },
  'artifacts-lack-hidden-files': { 'artifacts/through-proxy': /Observed: dist\/\.hidden of 5 is not there/ },
  'artifacts-lack-empty-files': { 'artifacts/through-proxy': /Observed: dist\/empty of 5 is not there/ },
  'artifacts-lack-names-with-blanks': { 'artifacts/through-proxy': /Observed: dist\/a b\/c d of 5 is not there/ },
  'uploads-first-path-only': { 'artifacts/through-proxy': /Observed: report\.txt of 5 is not there/ },
  'uploads-twice': { 'artifacts/through-proxy': /is not sent again\. Observed: GitLab took 2 uploads/ },
  'unpacks-cut-artifacts': {
    'artifacts/outage': /outage=cuts.*the job is reported as failed\. Observed: the job was reported as success/,
  },
  'docker-swaps-proxies': {
    'containers/environment': /the helper container has.*Observed: https_proxy, .* arrived with another value/,
    'polling/split-variables': /of=helper.*and no other\. Observed: \d+ requests of \d+ reached that of HTTPS_PROXY/,
  },
  'uploads-zeros-as-cache': { 'cache/through-proxy': /has what the first left/ },
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
  'waits-for-answers-for-good': {
    'polling/proxy-down': /how=one-connection\]\[proxy.*resumes by another connection.*no job request came for 30 min/,
    'polling/outage-mid-job': /how=one-request\]\[at=trace.*is reported as success.*no final state/,
  },
  'waits-for-tunnels-for-good': {
    'polling/proxy-down':
      /how=one-connection\]\[scheme=https.*resumes by another connection.*no job request came for 30 min/,
  },
  'waits-for-handshakes-for-good': {
    'polling/proxy-down': /how=one-tunnel.*resumes by another connection.*no job request came for 30 min/,
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
  'goes-direct-for-all-but-job-requests-when-proxy-refuses': {
    'polling/outage-mid-job': /how=refused.*nothing goes around the proxy.*went around the proxy.* (PATCH|PUT) /,
  },
  'goes-direct-when-proxy-breaks-off': {
    'polling/outage-mid-job': /how=(hangs|reset).*went around the proxy.* (PATCH|PUT) /,
  },
  'goes-direct-for-updates-when-proxy-is-unavailable': {
    'polling/outage-mid-job': /how=50[23]..at=final-update.*went around the proxy.* PUT /,
  },
  'goes-direct-for-uploads-when-proxy-fails': {
    'polling/outage-mid-job': /at=upload.*went around the proxy.* POST .*artifacts/,
  },
  'goes-direct-for-commands-when-proxy-fails': {
    'polling/wrong-credentials': /request=(?:register|verify|unregister).*went around the proxy/,
    'polling/proxy-down': /request=(?:register|verify|unregister).*went around the proxy/,
  },
  'goes-direct-after-many-failures': { 'polling/outage-mid-job': /at=trace.*went around the proxy/ },
  'takes-unanswered-trace-for-sent': {
    'polling/outage-mid-job': /no part of it is lost in the outage. Observed: after 20 lines in order comes nothing/,
  },
  'takes-unanswered-end-for-told': {
    'polling/outage-mid-job': /at=final-update.*no final state of the job was reported/,
  },
  'takes-any-certificate': {
    'polling/wrong-certificate':
      /certificate another authority .* signed\. Observed: \d+ requests? came, the first: POST/,
  },
  'uploads-to-any-certificate': {
    'polling/wrong-certificate': /since=in-job.*signed\. Observed: \d+ requests? came, the first: POST \S+\/artifacts/,
  },
  'verifies-first-certificate-only': {
    'polling/wrong-certificate': /since=later.*certificate another authority .* signed\. Observed: \d+ requests? came/,
  },
  'git-takes-any-certificate': {
    'git/wrong-certificate':
      /git sends nothing to a GitLab whose certificate another authority.*Observed: \d+ requests? came/,
  },
  'takes-certificate-of-other-name': {
    'polling/wrong-certificate': /certificate is for another name\. Observed: \d+ requests? came/,
  },
  'takes-expired-certificates': {
    'polling/wrong-certificate': /certificate is out of date\. Observed: \d+ requests? came/,
  },
  'names-proxy-as-host-of-tunnel': {
    'polling/https-connect':
      /rules of its protocol\. Observed: CONNECT gitlab\.test:\d+: its Host is \S+, and its target/,
  },
  'keeps-credentials-of-first-proxy': {
    'polling/split-variables': /of=both-schemes.*its own credentials.*had others, the first: GET http/,
  },
  'uses-http-proxy-for-https': {
    'polling/split-variables': /scheme=https.*requests? of \d+ reached that of HTTP_PROXY/,
  },
  'uses-https-proxy-for-http': { 'polling/split-variables': /requests? of \d+ reached that of HTTPS_PROXY/ },
  'sends-credentials-once': {
    'polling/authenticates': /not only the first. Observed: \d+ requests of \d+ got nothing but 407/,
  },
  'decodes-upper-case-codes-only': {
    'polling/authenticates': /credentials=lower-case-codes.*had something else/,
  },
  'needs-a-password': { 'polling/authenticates': /credentials=no-password.*none with credentials/ },
  'decodes-plus-as-space': { 'polling/authenticates': /credentials=unencoded.*had something else/ },
  'knows-no-default-ports': { 'polling/no-proxy-bypass': /spelling=default-port.*and directly. Observed: no request/ },
  'ignores-no-proxy-for-https': { 'polling/no-proxy-bypass': /scheme=https.*and directly. Observed: 0 of/ },
  'sends-credentials-to-hosts-of-no-proxy': {
    'polling/no-proxy-bypass': /a proxy that is not asked. Observed: \d+ requests? had Proxy-Authorization/,
  },
  'asks-target-of-redirect-directly': { 'polling/redirect': /nothing goes around the proxy.*moved=1/ },
  'sends-tokens-to-target-of-redirect': {
    'polling/redirect': /request=download.*sent to the storage, in the header Job-Token/,
  },
  'keeps-way-of-first-url': {
    'polling/redirect':
      /^(?=[\s\S]*=in-no-proxy\].*to storage\.test directly.*Observed: 0 of 1)(?=[\s\S]*=by-proxy-alone\].*1 of 1.*from elsewhere)(?=[\s\S]*=over-tls\].*HTTPS_PROXY.*Observed: 0 of 1)/,
  },
  'sends-tokens-at-second-redirect': {
    'polling/redirect': /storage=moves.*sent to the storage, in the header Job-Token: GET \S+\/moved\//,
  },
  'resolves-redirects-by-first-url': {
    'polling/redirect': /storage=moves.*the object storage gets the same request.*no request arrived there/,
  },
  'follows-302-alone': { 'polling/redirect': /request=download\]\[status=303.*no request arrived there/ },
  'follows-unregister-as-get': { 'polling/redirect': /request=unregister.*GET \S+ arrived there in place of DELETE/ },
  'shares-tunnels': {
    'polling/redirect': /scheme=https.*storage.test:\d+ is asked by a tunnel to it.*gitlab.test:\d+ alone/,
  },
  'redirects-as-get': { 'polling/redirect': /in place of POST/ },
  'redirects-without-body': { 'polling/redirect': /with a body of 0 bytes in place of \d+/ },
  'shows-presigned-url': {
    'cache/through-proxy': /no credential stands in the trace of a job.*X-Amz-Algorithm/,
  },
  'masks-whole-pieces-only': {
    'git/credentials-not-in-trace':
      /prints=token-in-pieces.*the job token is nowhere in the trace.*secret: «job-token»/,
  },
  'masks-pieces-of-longest-only': {
    'git/credentials-not-in-trace':
      /prints=masked-variable.*a masked variable of the job is nowhere in the trace.*secret: «masked-variable»/,
  },
  'takes-secrets-for-patterns': {
    'git/credentials-not-in-trace':
      /prints=masked-variable.*a masked variable of the job is nowhere in the trace.*the key is «masked-variable»/,
  },
  'masks-ascii-only': {
    'git/credentials-not-in-trace':
      /prints=masked-variable.*a masked variable of the job is nowhere in the trace.*the phrase is «masked-variable»/,
  },
  'masks-job-token-only': {
    'git/credentials-not-in-trace':
      /prints=masked-variable.*a masked variable of the job is nowhere in the trace.*the password is «masked-variable»/,
  },
  'prints-basic-credentials': {
    'git/credentials-not-in-trace': /Observed: it is there: Authorizing as «proxy-credentials-password»/,
  },
  'prints-token-in-hexadecimal': {
    'git/credentials-not-in-trace': /Observed: it is there: Using job token «job-token»/,
  },
  'prints-password-percent-encoded': {
    'git/credentials-not-in-trace': /it is there: Using proxy http:\/\/user:«proxy-credentials-password»@/,
  },
  'prints-token-on-two-lines': {
    'git/credentials-not-in-trace': /Observed: it is there: Using job token «job-token»/,
  },
  'mixes-traces-of-jobs': { 'polling/two-jobs': /the trace of the first job is its own/ },
  'uses-token-of-first-job': { 'polling/two-jobs': /has a token that is not job 4002's/ },
  'drops-stderr': { 'polling/two-jobs': /all 60 lines of stderr.*Observed: 0 lines/ },
  'drops-after-script-output': {
    'polling/two-jobs': /what the after_script of the first job prints on stdout is in its trace. Observed: it is not/,
  },
  'goes-on-without-artifacts': {
    'artifacts/outage': /at=download.*the job is reported as failed\. Observed: the job was reported as success/,
  },
  'succeeds-without-upload': {
    'polling/outage-mid-job': /at=upload.*reported as success, and the artifact did not arrive/,
    'artifacts/outage': /at=upload.*the job is reported as failed\. Observed: the job was reported as success/,
  },
  'adds-to-cut-download': {
    'artifacts/outage': /outage=cuts.*the file that was sent, by its SHA-256.*Observed: the job was reported as failed/,
  },
  'skips-after-script-of-failed-job': {
    'polling/two-jobs': /what the after_script of the second job prints on stdout is in its trace. Observed: it is not/,
  },
  'fails-by-after-script': { 'polling/two-jobs': /is reported as success. Observed: it was reported as failed/ },
  'succeeds-by-after-script': { 'polling/two-jobs': /is reported as failed. Observed: it was reported as success/ },
  'resolves-target-first': { 'polling/resolves-nothing': /no job, trace and update requests arrived at GitLab/ },
  'looks-target-up': {
    'polling/resolves-nothing': /the name gitlab.test is never looked up. Observed: it was asked for/,
  },
  'reads-one-digit-of-retry-after': {
    'rate-limit/retry-after': /seconds=12.*as many seconds as Retry-After says.*again 1\.0\d s/,
  },
  'finds-a-number-in-retry-after': {
    'rate-limit/reset-time-absent': /others=retry-after-with-unit.*after the default interval.*not come again/,
  },
  'takes-january-for-no-month': { 'rate-limit/reset-time-far': /ahead=a-january.*no request while it is watched/ },
  'takes-any-month-and-day': { 'rate-limit/reset-time-invalid': /time=month.*not come again/ },
  'authorizes-at-target-of-redirect': { 'polling/redirect': /it got them in the header Authorization/ },
};
