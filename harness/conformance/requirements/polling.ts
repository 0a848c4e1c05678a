import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('polling', 'Adding Proxy variables to the GitLab Runner configuration');

/** What the log says of them is another page's matter. */
const log = family('polling', 'Correlation IDs in GitLab Runner logs', 'Troubleshooting GitLab Runner');

/** What the page promises about the runner's own requests. */
export const pollingRequirements: readonly Requirement[] = [
  requirement(
    'through-proxy',
    'R',
    "With HTTP_PROXY/HTTPS_PROXY in the runner's own environment, every API request (job request, trace, job update, register, verify, unregister) arrives at GitLab from the proxy and none directly.",
  ),
  requirement(
    'https-connect',
    'R',
    'Requests to an https GitLab with a private CA go through the proxy, too: one CONNECT per connection, to the right host:port.',
  ),
  requirement(
    'wrong-certificate',
    'R',
    "A runner that is given GitLab's private CA verifies by it: nothing is sent to a GitLab whose certificate another authority signed, is for another name, or is out of date.",
  ),
  requirement(
    'authenticates',
    'R',
    'Credentials in the proxy URL are offered as the proxy asks; user names and passwords with @ : / # % $ " \', space and non-ASCII, URL-encoded, arrive intact.',
  ),
  requirement(
    'wrong-credentials',
    'O',
    'On a steady 407 the runner says so in its log, keeps polling at its interval, never goes direct, and recovers when the credentials become right.',
  ),
  requirement(
    'proxy-down',
    'R',
    'When the proxy is refused, black-holed or reset, no request ever goes direct; polling resumes by itself when the proxy is back.',
  ),
  requirement('proxy-restart-mid-poll', 'O', 'A long poll cut by a proxy restart costs at most that poll.'),
  requirement('no-proxy-bypass', 'R', {
    '14.10': "With GitLab's host in NO_PROXY the runner goes direct, in every documented spelling.",
    '17.5':
      "To connect to an internal URL, such as a self-managed GitLab, NO_PROXY is set: with GitLab's host in it the runner goes direct, in every documented spelling.",
  }),
  requirement('without-proxy-variables', 'R', 'Control: without the variables nothing reaches GitLab in this world.'),
  requirement(
    'split-variables',
    'R',
    'Where HTTP_PROXY and HTTPS_PROXY name different proxies, each scheme takes its own, in every request of the runner, git and the helper.',
  ),
  requirement(
    'idle',
    'R',
    'While there is nothing to do, or GitLab fails, jobs go on being asked for through the proxy at the configured interval: neither at once nor ever less often.',
  ),
  requirement(
    'redirect',
    'R',
    "An answer of GitLab's that redirects is followed through the proxy, or directly to a host that NO_PROXY names, and no credential goes to the new host that is not meant for it.",
  ),
  requirement(
    'outage-mid-job',
    'R',
    'When the proxy refuses, resets, answers 407, 502 or 503, or hangs while a job runs (at a trace, an update, an upload, the final update), nothing goes direct, the trace has no hole, and the end is told once the proxy is back.',
  ),
  requirement(
    'resolves-nothing',
    'O',
    "Where GitLab's name is known to the proxy alone, the runner needs no lookup of it.",
  ),
  requirement(
    'two-jobs',
    'R',
    "Two jobs that run at once are kept apart: each has its own trace, with stdout and stderr, its own token and its own end, and an after_script's end is not the job's; all through the proxy.",
  ),
  requirement(
    'job-lifecycle',
    'R',
    'A job that is picked up runs, its trace arrives whole and in order, and its final state is reported, all through the proxy.',
  ),
  log(
    'answered-on-the-way',
    { '14.10': 'C', '18.11': 'R' },
    {
      '14.10': "Whether the log tells a 403, 429 or 502 of the proxy's own from one of GitLab's.",
      '18.11':
        "Each API request has a correlation id of its own, which the log names. It is the one of GitLab's answer; where a hop before GitLab answers with 403, 429 or 502 and names none, it is the one that the runner made for the request, in lower-case hexadecimal digits without dashes.",
    },
  ),
];
