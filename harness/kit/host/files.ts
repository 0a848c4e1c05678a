import { dirname } from 'node:path/posix';
import type { Stage } from '../../conformance/authoring.ts';
import { CNTLM_PORT, INSTALLED_HELPER, PAGE_PATHS } from '../../diagnosis/host/paths.ts';
import { DIND_NO_PROXY } from '../../recipes/dind-no-proxy.ts';
import {
  cntlmConf,
  configToml,
  DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  dockerConfigFile,
  dropIn,
  GET_SOURCES_HOOK,
  jobEnvironment,
  proxyVariables,
} from '../../recipes/index.ts';
import { HOST_TOOLS } from './names.ts';

type In = Pick<Stage, 'world' | 'driver'>;

/** A file of the page. */
export interface PageFile {
  readonly path: string;
  readonly content: string;
}

/** Where Docker looks for the authorities of registries. */
export const REGISTRY_CERTIFICATES = '/etc/docker/certs.d';

/** cntlm with the two parents, listening on docker0. @param bridge docker0's address */
export function cntlmFile({ world: { proxy, standby } }: In, bridge: string): PageFile {
  const { user, password, domain = '' } = proxy.auth;
  const proxies = [proxy, standby].map(({ host, port }) => `${host}:${port}`);
  const content = cntlmConf({ username: user, password, domain, proxies, listen: `${bridge}:${CNTLM_PORT}` });
  return { path: PAGE_PATHS.cntlm, content };
}

/** The drop-in of a service, with the line that the page has. */
export const dropInFile = (service: 'docker' | 'runner', bridge: string): PageFile => ({
  path: PAGE_PATHS[service],
  content: dropIn(proxyVariables({ url: `http://${bridge}:${CNTLM_PORT}/` })),
});

/** What `config.toml` says of the proxy: nothing at first, then what two steps of the page add. */
export interface HostConfigOptions {
  /** `environment`, when the step is done. */
  readonly environment?: readonly string[];
  readonly hook?: boolean;
  readonly preBuildScript?: boolean;
  /** `if-not-present` by default: nothing is pulled twice. */
  readonly pullPolicy?: 'always';
}

/** `environment` as on the page, with NO_PROXY once the dind step is done. */
export const hostEnvironment = (bridge: string, dind: boolean): string[] =>
  jobEnvironment(`http://${bridge}:${CNTLM_PORT}`, dind ? DIND_NO_PROXY : undefined);

/** The configuration of a registered runner. */
export function hostConfigFile({ world, driver }: In, options: HostConfigOptions = {}): PageFile {
  const { address } = world.registry;
  const name = driver.getSourcesHookName === 'pre_get_sources_script' ? driver.getSourcesHookName : 'pre_clone_script';
  const content = configToml({
    concurrent: 1,
    checkInterval: 1,
    runner: {
      name: 'host',
      url: world.gitlabUrl,
      token: world.gitlab.tokens.runner,
      ...(options.environment ? { environment: options.environment } : {}),
      ...(options.hook ? { getSourcesHook: { name, script: GET_SOURCES_HOOK } } : {}),
      ...(options.preBuildScript ? { preBuildScript: DOCKER_CONFIG_PRE_BUILD_SCRIPT } : {}),
      docker: {
        host: 'unix:///var/run/docker.sock',
        image: `${address}/${HOST_TOOLS.job}`,
        helperImage: `${address}/${HOST_TOOLS.helper}`,
        privileged: true,
        pullPolicy: options.pullPolicy ?? 'if-not-present',
        // A real runner waits for 2376 as well, which dind without TLS never opens, and then goes on all the same.
        waitForServicesSeconds: 10,
        extraHosts: world.docker.extraHosts,
        volumes: [
          // The daemon of a dind service trusts whom the machine's does.
          `${REGISTRY_CERTIFICATES}:${REGISTRY_CERTIFICATES}:ro`,
          // A real runner's helper is of the same version.
          ...(driver.helperProgram === undefined ? [] : [OWN_HELPER]),
        ],
      },
    },
  });
  return { path: PAGE_PATHS.config, content };
}

const OWN_HELPER = `${INSTALLED_HELPER}:/usr/bin/gitlab-runner-helper:ro`;

/** `/root/.docker/config.json`, as on the page. */
export const hostDockerConfig = (bridge: string): PageFile => ({
  path: PAGE_PATHS.dockerConfig,
  content: dockerConfigFile({
    httpProxy: `http://${bridge}:${CNTLM_PORT}`,
    httpsProxy: `http://${bridge}:${CNTLM_PORT}`,
    noProxy: DIND_NO_PROXY,
  }),
});

/** A drop-in of the runner's that is read after the page's, and takes a variable away again (systemd.exec(5)). */
export const laterDropIn = (variable: string): PageFile => ({
  path: `${dirname(PAGE_PATHS.runner)}/zz-later.conf`,
  content: `[Service]\nUnsetEnvironment=${variable}\n`,
});
