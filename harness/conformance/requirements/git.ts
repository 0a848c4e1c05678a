import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('git', 'Adding the Proxy to the Docker containers');

const clone = (hook: string): string =>
  `With ${hook} setting git's http.proxy and https.proxy, the clone arrives from the proxy and none directly; http and https.`;

/** What the page promises about the clients that a job drives: git. */
export const gitRequirements: readonly Requirement[] = [
  requirement('clone-through-proxy', 'R', {
    '14.10': clone('pre_clone_script'),
    '17.5': clone('pre_get_sources_script'),
  }),
  requirement(
    'hook-alone',
    'R',
    'With only the upper-case variables set, which git ignores for http URLs, the hook alone carries the clone.',
  ),
  requirement('environment-only', 'C', 'The clone with only the environment variables of config.toml set.'),
  requirement('fetch-again', 'R', 'A second fetch of the same repository goes through the proxy.'),
  requirement('submodules', 'R', 'Submodules, by relative and by absolute URL, come through the proxy.'),
  requirement('lfs', 'R', 'LFS objects come through the proxy.'),
  requirement('shallow', 'R', 'A clone of a given depth comes through the proxy.'),
  requirement('large', 'R', 'A repository of 100 MiB comes through the proxy.'),
  requirement(
    'outage',
    'R',
    'A clone, fetch, submodule or LFS transfer that fails by the proxy is never tried without it.',
  ),
  requirement(
    'wrong-certificate',
    'R',
    "git verifies by GitLab's private CA, which the runner hands it: nothing is sent to a GitLab whose certificate another authority signed, is for another name, or is out of date.",
  ),
  requirement(
    'limited',
    'C',
    "GitLab answers git's own requests with 429 or 403: what the job does, with GET_SOURCES_ATTEMPTS and without.",
  ),
  requirement('credentials-not-in-trace', 'R', 'Job token and proxy password appear in no trace and no report.'),
];
