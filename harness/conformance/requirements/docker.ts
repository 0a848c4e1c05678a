import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('docker', 'Proxy settings when using dind service');

const daemon = family('docker', 'Configuring Docker for downloading images');

/** What the page promises about Docker itself: its daemon, and its CLI in jobs. */
export const dockerRequirements: readonly Requirement[] = [
  daemon(
    'daemon-pull-through-proxy',
    'R',
    'With the drop-in on docker.service, job, helper and service images are pulled through the proxy; systemctl show --property=Environment docker prints the line.',
  ),
  daemon(
    'daemon-json-proxies',
    'R',
    "From Docker 23 on, the proxies of daemon.json do what the drop-in does: images are pulled through them; they win over the drop-in's variables.",
  ),
  daemon(
    'pull-failure-reason',
    'O',
    "When an image cannot be pulled because of the proxy, the job fails and its log has the engine's words for that (407, 403, 503, a certificate, a refused connection, an unknown name), and does not say that the image is missing.",
  ),
  daemon(
    'api-version',
    'C',
    "Which versions of Docker's API the engine speaks and the clients of a job ask for, and what happens when the engine wants a newer one, as Docker 29 does.",
  ),
  requirement(
    'push-through-proxy',
    'R',
    'docker build, docker push and docker pull in a job with a dind service work with NO_PROXY docker:2375,docker:2376: daemon calls go straight to dind, registry calls through the proxy; plain 2375 and TLS 2376; registry over http and over TLS, with token login.',
  ),
  requirement(
    'push-no-proxy-without-ports',
    'C',
    'The page says that docker push is blocked without the ports in NO_PROXY: what happens, by engine version.',
  ),
  requirement(
    'push-without-no-proxy',
    'R',
    'Control: without NO_PROXY the daemon call goes to the proxy, and the report explains the failure.',
  ),
  requirement(
    'push-faults',
    'C',
    'What docker push does when the proxy misbehaves in the middle of it: how often it tries, how long, and in which words it gives up.',
  ),
  requirement(
    'config-json-host',
    'R',
    "/root/.docker/config.json's proxies.default reaches the containers that the docker CLI starts, as both cases of the variables.",
  ),
  requirement(
    'config-json-before-script',
    'R',
    'The before_script writes the same valid JSON as the host has, escaping included; hostile values (quotes, dollar signs, backslashes) are reported, not mangled in silence.',
  ),
  requirement(
    'config-json-pre-build-script',
    'R',
    'The pre_build_script writes the same valid JSON as the host has, escaping included; hostile values (quotes, dollar signs, backslashes) are reported, not mangled in silence.',
  ),
  requirement(
    'config-json-all-proxy',
    'C',
    "Which containers and builds get ALL_PROXY from allProxy of docker's config.json, by engine version.",
  ),
  requirement(
    'build-args',
    'C',
    'Which variables the classic builder and BuildKit hand to RUN steps, and whether they stay in the image.',
  ),
];
