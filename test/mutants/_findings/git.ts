import type { Findings } from './findings.ts';

/** What mutants are failed by in `git`. */
export const gitFindings: Findings = {
  'lfs-asks-storage-directly': { 'git/lfs': /storage requests arrive at GitLab.*nothing goes around the proxy/ },
  'lfs-shows-token-to-storage': { 'git/lfs': /GitLab's tokens are shown to nobody but GitLab.*the storage/ },
  'lfs-spoils-objects': { 'git/lfs': /the object that was stored.*it has the SHA-256/ },
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
  'git-takes-any-certificate': {
    'git/wrong-certificate':
      /git sends nothing to a GitLab whose certificate another authority.*Observed: \d+ requests? came/,
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
};
