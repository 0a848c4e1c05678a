import type { Findings } from './findings.ts';

/** What mutants are failed by in the families with a Docker engine. */
export const containerFindings: Findings = {
  'docker-artifacts-retry-directly': { 'artifacts/outage': /nothing goes around the proxy\. Observed: .*gitlab\.test/ },
  'docker-cache-retries-directly': { 'cache/outage': /nothing goes around the proxy\. Observed: .*storage\.test/ },
  'docker-skips-helper-entrypoint': {
    'tls/helper-mount': /Observed: The helper container rejects .*tls\/interceptor-ca-not-in-helper/,
  },
  'docker-omits-job-services': { 'containers/environment': /the job's service has.*Observed: it lacks https_proxy/ },
  'docker-cuts-values-at-equals': {
    'containers/environment': /Observed: PROXYPROOF_EQUALS arrived with another value/,
  },
  'docker-decodes-values': { 'containers/environment': /Observed: PROXYPROOF_PERCENT\b.* arrived with another value/ },
  'docker-ignores-network-per-build': {
    'containers/environment': /no container of the job is in docker0's network.*Observed: runner-/,
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
  'docker-blames-image': {
    'docker/pull-failure-reason': /the log of the job says why.*manifest unknown/,
  },
  'docker-shows-any-login': {
    'docker/daemon-pull-through-proxy':
      /a login for another registry is shown to nobody\. Observed: [1-9]\d* of \d+ requests?/,
  },
  'docker-omits-after-script': {
    'containers/environment':
      /the after_script, in the build container, has the variables .* Observed: it lacks https_proxy/,
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
  'shows-presigned-url': {
    'cache/through-proxy': /no credential stands in the trace of a job.*X-Amz-Algorithm/,
  },
  'goes-on-without-artifacts': {
    'artifacts/outage': /at=download.*the job is reported as failed\. Observed: the job was reported as success/,
  },
  'adds-to-cut-download': {
    'artifacts/outage': /outage=cuts.*the file that was sent, by its SHA-256.*Observed: the job was reported as failed/,
  },
};
