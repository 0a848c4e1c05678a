import type { Findings } from './findings.ts';

/** What mutants are failed by in `polling`. */
export const pollingFindings: Findings = {
  'ignores-proxy-without-scheme': { 'polling/through-proxy': /variables=without-scheme.*went around the proxy/ },
  'ignores-lower-case-variables': { 'polling/through-proxy': /variables=lower-case\].*went around the proxy/ },
  'prefers-lower-case-variables': { 'polling/through-proxy': /variables=lower-case-differs/ },
  'splits-no-proxy-at-commas-only': {
    'polling/no-proxy-bypass': /spelling=with-spaces.*0 of \d+ requests reached GitLab directly/,
  },
  'matches-no-proxy-by-letter-case': {
    'polling/no-proxy-bypass': /spelling=capital-letters.*0 of \d+ requests reached GitLab directly/,
  },
  'logs-no-correlation-id': { 'polling/answered-on-the-way': /Observed: its line has no correlation id/ },
  'logs-own-id-for-gitlab': {
    'polling/answered-on-the-way': /id that GitLab gave\. Observed: .* which is the request's/,
  },
  'logs-another-id-than-sent': {
    'polling/answered-on-the-way': /proxy's answer has the runner's own.*neither the answer's nor the request's/,
  },
  'logs-id-of-answer-before': {
    'polling/answered-on-the-way': /proxy's answer has the runner's own.*Observed: it has 01/,
  },
  'sends-one-id-for-all': {
    'polling/answered-on-the-way': /different calls have different ones\. Observed: calls had the same/,
  },
  'makes-id-with-dashes': {
    'polling/answered-on-the-way': /in lower-case hexadecimal digits\. Observed: it has [0-9a-f]+-/,
  },
  'ignores-no-proxy': { 'host/no-proxy-drop-in': /own requests arrive directly\. Observed: 0 of/ },
  'asks-again-at-once': { 'polling/idle': /with a poll interval of 3\.00 s at most.*Observed: \d+ requests came/ },
  'asks-again-at-once-after-failures': { 'polling/idle': /at most 60 requests of a kind.*of the kind job/ },
  'rests-after-many-failures': { 'polling/idle': /asked for again within 62\.0 s.*none came for the last/ },
  'reports-system-failure-for-failed-script': {
    'polling/job-lifecycle': /reason that GitLab is told.*told runner_system_failure, and exit code 3/,
  },
  'reports-killed-script-as-success': { 'polling/two-jobs': /exit code 137.*Observed: it was reported as success/ },
  'goes-on-after-failed-command': {
    'polling/two-jobs': /first command that fails.*reported as success, and went on/,
  },
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
  'goes-on-with-canceled-jobs': { 'polling/job-lifecycle': /ends=canceled.*no final state of the job was reported/ },
  'ignores-timeouts': { 'polling/job-lifecycle': /ends=timeout.*no final state of the job was reported/ },
  'unifies-line-ends': { 'polling/job-lifecycle': /300 lines end as the job ended them.*0 lines end so/ },
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
  'mixes-traces-of-jobs': { 'polling/two-jobs': /the trace of the first job is its own/ },
  'uses-token-of-first-job': { 'polling/two-jobs': /has a token that is not job 4002's/ },
  'drops-stderr': { 'polling/two-jobs': /all 60 lines of stderr.*Observed: 0 lines/ },
  'drops-after-script-output': {
    'polling/two-jobs': /what the after_script of the first job prints on stdout is in its trace. Observed: it is not/,
  },
  'succeeds-without-upload': {
    'polling/outage-mid-job': /at=upload.*reported as success, and the artifact did not arrive/,
    'artifacts/outage': /at=upload.*the job is reported as failed\. Observed: the job was reported as success/,
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
  'authorizes-at-target-of-redirect': { 'polling/redirect': /it got them in the header Authorization/ },
};
