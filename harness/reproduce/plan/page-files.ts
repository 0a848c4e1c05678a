import { PAGE_PATHS } from '../../diagnosis/host/paths.ts';
import type { GetSourcesHookName } from '../../profile/index.ts';
import type { ProxyAuth } from '../../proxy/spec.ts';
import {
  cntlmConf,
  configToml,
  DIND_NO_PROXY,
  DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  dockerConfigFile,
  dropIn,
  GET_SOURCES_HOOK,
  jobEnvironment,
  proxyVariables,
} from '../../recipes/index.ts';
import { joinHostPort } from '../../url/index.ts';
import { DOCKER0 } from './endpoints.ts';
import type { Endpoint, LocalProxy, PageFileToWrite, PlannedJob } from './plan.ts';

/** What the page's files are written for. */
export interface PageFilesOptions {
  /** The proxy as the services and jobs of the machine reach it. */
  readonly proxyUrl: string;
  /** Hosts to which the proxy does not lead: what is written here has to work by itself. */
  readonly noProxy: readonly string[];
  readonly hook: GetSourcesHookName;
  readonly gitlabUrl: string;
  readonly auth: ProxyAuth;
  readonly parents: readonly Endpoint[];
  readonly local: LocalProxy | undefined;
  readonly job: PlannedJob;
}

/** Every file that the page has on a machine whose jobs are of this kind. */
export function pageFiles({
  proxyUrl,
  gitlabUrl,
  hook,
  noProxy,
  auth,
  parents,
  local,
  job,
}: PageFilesOptions): readonly PageFileToWrite[] {
  const dind = job.kind === 'push';
  const except = noProxy.length > 0 ? { noProxy: noProxy.join(',') } : {};
  const service = dropIn(proxyVariables({ url: proxyUrl, ...except }));
  const ofJobs = [...(dind ? [DIND_NO_PROXY] : []), ...noProxy].join(',');
  const { user, password, domain = '' } = auth;
  const config = configToml({
    concurrent: 1,
    checkInterval: 1,
    runner: {
      name: 'customer',
      url: `${gitlabUrl}/`,
      token: 'redacted',
      environment: jobEnvironment(proxyUrl, ofJobs === '' ? undefined : ofJobs),
      getSourcesHook: { name: hook, script: GET_SOURCES_HOOK },
      ...(dind ? { preBuildScript: DOCKER_CONFIG_PRE_BUILD_SCRIPT } : {}),
      docker: { host: 'unix:///var/run/docker.sock', image: 'alpine:latest', helperImage: '', privileged: dind },
    },
  });
  return [
    ...(local
      ? [
          {
            name: 'cntlm' as const,
            path: PAGE_PATHS.cntlm,
            content: cntlmConf({
              username: user,
              password,
              domain,
              proxies: parents.map(({ host, port }) => joinHostPort(host, port)),
              listen: joinHostPort(DOCKER0, local.port),
            }),
          },
        ]
      : []),
    { name: 'docker', path: PAGE_PATHS.docker, content: service },
    { name: 'runner', path: PAGE_PATHS.runner, content: service },
    { name: 'config', path: PAGE_PATHS.config, content: config },
    ...(dind
      ? [
          {
            name: 'dockerConfig' as const,
            path: PAGE_PATHS.dockerConfig,
            content: dockerConfigFile({ httpProxy: proxyUrl, httpsProxy: proxyUrl, noProxy: DIND_NO_PROXY }),
          },
        ]
      : []),
  ];
}
