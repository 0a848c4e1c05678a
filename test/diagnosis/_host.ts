import { hostConfigFile, hostDockerConfig, hostEnvironment } from '../../harness/kit/host/files.ts';
import { PAGE_PATHS } from '../../harness/kit/index.ts';
import { cntlmConf, dropIn, proxyVariables } from '../../harness/recipes/index.ts';

export const BRIDGE = '172.17.0.1';
const URL_OF_CNTLM = `http://${BRIDGE}:3128/`;
export const STAGE = {
  world: {
    gitlabUrl: 'http://gitlab.test:8080',
    gitlab: { tokens: { runner: 'glrt-xxxxxxxxxxxxxxxxxxxx' } },
    registry: { address: 'registry.test:5000' },
    docker: { extraHosts: [] },
  },
  driver: { getSourcesHookName: 'pre_get_sources_script' },
} as unknown as Parameters<typeof hostConfigFile>[0];

const dropIns = dropIn(proxyVariables({ url: URL_OF_CNTLM }));
const LOADED = `HTTP_PROXY=${URL_OF_CNTLM} HTTPS_PROXY=${URL_OF_CNTLM}`;
const RUNNING = `# process 1\n${LOADED.replace(' ', '\n')}\n`;

/** What `collect` gathers of a machine on which the page was followed. */
export const HEALTHY: Readonly<Record<string, string>> = {
  [PAGE_PATHS.cntlm]: cntlmConf({
    username: 'testuser',
    password: 'xxxxxx00',
    domain: 'corp-uk',
    proxies: ['10.0.0.41:8080', '10.0.0.42:8080'],
    listen: `${BRIDGE}:3128`,
  }),
  [PAGE_PATHS.docker]: dropIns,
  [PAGE_PATHS.runner]: dropIns,
  [PAGE_PATHS.config]: hostConfigFile(STAGE, {
    environment: hostEnvironment(BRIDGE, true),
    hook: true,
    preBuildScript: true,
  }).content,
  [PAGE_PATHS.dockerConfig]: hostDockerConfig(BRIDGE).content,
  'systemctl-show.txt': ['gitlab-runner', 'docker']
    .map((unit) => `MainPID=1\nEnvironment=${LOADED}\nId=${unit}.service\nActiveState=active\nNeedDaemonReload=no\n`)
    .join('\n'),
  'environment-of-docker.txt': RUNNING,
  'environment-of-gitlab-runner.txt': RUNNING,
  'listening.txt': `LISTEN 0 5 ${BRIDGE}:3128 0.0.0.0:*\nLISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n`,
  'addresses.txt': `1: lo inet 127.0.0.1/8 scope host lo\n3: docker0    inet ${BRIDGE}/16 scope global docker0\n`,
};

/** Files of a machine, by their paths, and what commands printed. */
export type HostFiles = Readonly<Record<string, string>>;
