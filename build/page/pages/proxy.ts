import type { CoveredPage } from '../coverage.ts';
import { rateLimits } from './rate-limits.ts';
import { LEADS, READING, WALK } from './reasons.ts';

/** The page about proxies, with what no sentence of it says and users rely on below the heading that is nearest. */
export const proxy: CoveredPage = {
  title: 'Running GitLab Runner behind a proxy',
  paths: ['docs/configuration/proxy.md'],
  whole: true,
  sections: [
    {
      headings: ['', 'Running GitLab Runner behind a proxy'],
      sentences: [
        {
          says: 'making GitLab Runner with Docker executor work',
          by: ['host/page-walkthrough', 'host/reboot', 'host/step-left-out', 'host/mistake'],
        },
        { says: 'on the same machine', by: WALK, why: 'where the walk begins' },
      ],
    },
    {
      headings: ['Configuring cntlm', 'Configuring CNTLM'],
      sentences: [
        { says: 'this section is optional', why: READING },
        {
          says: 'behind a proxy with authentication',
          by: ['cntlm/authenticates-to-parent', 'cntlm/wrong-password', 'cntlm/other-schemes'],
        },
        { says: 'as a local proxy', by: ['cntlm/authenticates-to-parent'] },
        { says: 'One single source', by: ['cntlm/one-place-for-credentials'] },
        { says: 'can not be accessed from the Docker runners', by: ['cntlm/credentials-not-in-containers'] },
        { says: 'you need to first configure it', by: WALK },
      ],
    },
    {
      headings: ['Make cntlm listen to the docker0 interface', 'Make CNTLM listen to the docker0 interface'],
      sentences: [
        { says: 'to listen on', by: ['cntlm/listens-on-docker0'] },
        { says: 'bind only to this address', by: ['cntlm/listens-on-docker0', 'cntlm/routed-neighbour'] },
        { says: 'Find the IP', by: WALK },
        { says: 'usually 172.17.0.1', by: WALK },
        { says: 'Open the configuration file', by: WALK },
        { says: 'domain and proxy hosts', by: ['cntlm/authenticates-to-parent', 'cntlm/parent-failover'] },
        { says: 'It should look like this', why: LEADS },
        { says: 'restart its service', by: ['host/page-walkthrough', 'host/mistake'] },
      ],
    },
    {
      headings: ['Configuring Docker for downloading images'],
      sentences: [
        { says: 'OSes with systemd support', why: READING },
        { says: 'documentation how to use a proxy', by: ['docker/daemon-pull-through-proxy'], until: '17.5' },
        { says: 'information about how to use proxy', by: ['docker/daemon-pull-through-proxy'], from: '18.3' },
        {
          says: 'service file should look like this',
          by: ['docker/daemon-pull-through-proxy'],
          planned: ['docker/daemon-json-proxies', 'docker/pull-failure-reason', 'docker/api-version'],
        },
      ],
    },
    {
      headings: ['Adding Proxy variables to the GitLab Runner configuration'],
      sentences: [
        {
          says: 'need to also be added',
          by: [
            'polling/through-proxy',
            'polling/https-connect',
            'polling/wrong-certificate',
            'polling/authenticates',
            'polling/wrong-credentials',
            'polling/proxy-down',
            'polling/proxy-restart-mid-poll',
            'polling/without-proxy-variables',
            'polling/split-variables',
            'polling/idle',
            'polling/redirect',
            'polling/outage-mid-job',
            'polling/resolves-nothing',
            'polling/two-jobs',
            'polling/job-lifecycle',
          ],
        },
        { says: 'same as adding the proxy', by: WALK },
        { says: 'Create a systemd drop-in directory', by: WALK },
        { says: 'Create a file called', by: ['host/page-walkthrough', 'polling/through-proxy'] },
        {
          says: 'value for the NO_PROXY environment variable',
          by: ['polling/no-proxy-bypass', 'host/no-proxy-drop-in'],
          from: '17.5',
        },
        { says: 'flush changes', by: ['host/page-walkthrough', 'host/mistake'] },
        { says: 'Restart GitLab Runner', by: ['host/page-walkthrough', 'host/mistake'] },
        { says: 'Verify that the configuration has been loaded', by: WALK },
        { says: 'You should see', by: WALK },
      ],
    },
    {
      headings: ['Adding the Proxy to the Docker containers'],
      sentences: [
        {
          says: 'propagate your proxy settings',
          by: [
            'git/clone-through-proxy',
            'git/hook-alone',
            'git/environment-only',
            'git/fetch-again',
            'git/submodules',
            'git/lfs',
            'git/shallow',
            'git/large',
            'git/outage',
            'git/wrong-certificate',
            'git/limited',
            'git/credentials-not-in-trace',
            'artifacts/through-proxy',
            'artifacts/outage',
            'artifacts/wrong-certificate',
            'cache/through-proxy',
            'cache/outage',
          ],
        },
        {
          says: 'add the following to the [[runners]] section',
          by: ['git/clone-through-proxy', 'containers/environment'],
        },
        { says: 'Where docker0_interface_ip is', why: READING },
        { says: 'both lower case and upper case', by: ['containers/environment', 'containers/client-proxy-choice'] },
        { says: 'there is no standard', by: ['containers/client-proxy-choice'] },
      ],
    },
    {
      headings: ['Proxy settings when using dind service'],
      sentences: [
        {
          says: 'docker:2375,docker:2376',
          by: ['docker/push-through-proxy', 'docker/push-without-no-proxy', 'docker/push-faults'],
        },
        { says: 'The ports are required', by: ['docker/push-no-proxy-without-ports'] },
        {
          says: "held in root's Docker configuration",
          by: ['docker/config-json-host', 'docker/build-args', 'docker/config-json-all-proxy'],
        },
        { says: 'edit /root/.docker/config.json', by: ['docker/config-json-host'] },
        {
          says: 'also needs to be created inside the container',
          by: ['docker/config-json-before-script', 'docker/config-json-pre-build-script'],
        },
        { says: 'scripted as a before_script', by: ['docker/config-json-before-script'] },
        { says: 'Or alternatively', by: ['docker/config-json-pre-build-script'] },
        { says: 'additional level of escaping', by: ['docker/config-json-pre-build-script'] },
        { says: 'do not escape the :', by: ['docker/config-json-pre-build-script'] },
        { says: 'only work for suffixes', by: ['no-proxy/wildcards'] },
        { says: 'For more information', why: READING },
      ],
    },
    ...rateLimits,
  ],
};
