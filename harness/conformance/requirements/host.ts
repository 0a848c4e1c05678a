import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

/** These are about all of the page; its title stands for its headings. */
const requirement = family('host', 'Running GitLab Runner behind a proxy');

const runner = family('host', 'Adding Proxy variables to the GitLab Runner configuration');

/** What the whole page promises on one machine. */
export const hostRequirements: readonly Requirement[] = [
  requirement(
    'page-walkthrough',
    'R',
    "On a host with systemd, Docker, cntlm and the runner as services, and no route out but the parent proxies, the page's steps done in order lead from nothing works to a job that clones, builds and pushes; after each step what became possible is there and what did not is not, and systemctl show --property=Environment gitlab-runner prints what the page says.",
  ),
  requirement('reboot', 'O', 'After a restart of the host everything still works.'),
  requirement('step-left-out', 'O', "With one of the page's steps left out, what fails tells which one it was."),
  requirement('mistake', 'O', 'With one of the classic mistakes, what fails tells in which step it was made.'),
  runner(
    'no-proxy-drop-in',
    // The page has it from 17.5 on; before, there is no case.
    { '14.10': 'C', '17.5': 'R' },
    "With NO_PROXY in the runner's systemd drop-in the runner reaches an internal GitLab directly, and everything else on the machine goes by the proxy.",
  ),
];
