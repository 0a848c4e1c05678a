import type { Stage } from '../../conformance/authoring.ts';
import type { RunningContainer } from '../../containers/handle.ts';
import type { ProxyAuth } from '../../proxy/spec.ts';
import { DIND_NO_PROXY } from '../../recipes/dind-no-proxy.ts';
import { type CntlmConf, cntlmConf, GET_SOURCES_HOOK, jobEnvironment, proxyVariables } from '../../recipes/index.ts';
import type { RunnerConfig } from '../../runner/subject.ts';
import { dockerConfig } from '../docker/executor.ts';

/** As on the page. */
const PORT = 3128;
const CONFIGURATION = '/etc/cntlm.conf';

/** The account of the page, with a password that is no word. */
export const CNTLM_ACCOUNT: ProxyAuth = {
  scheme: 'ntlm',
  user: 'testuser',
  domain: 'corp-uk',
  password: 'Gr8-Sesame.opens',
};

/** What anybody may ask GitLab for, as git does before it offers credentials: the answer is 401, and GitLab's own. */
export const PUBLIC_PATH = '/group/project.git/info/refs?service=git-upload-pack';

/** How long cntlm may take to listen, in real milliseconds. */
const UP_LIMIT_MS = 20_000;

type In = Pick<Stage, 'world'>;

/** Where cntlm listens: docker0's address, and the page's port. */
export const cntlmAddress = ({ world }: In): string => `${world.docker.bridgeAddress}:${PORT}`;

/** cntlm's URL as the page writes it everywhere, without credentials. */
export const cntlmUrl = (stage: In): string => `http://${cntlmAddress(stage)}/`;

/** The configuration of the page: its account, every proxy of the world as a parent, and docker0's address. */
export function pageCntlmConf(stage: In): CntlmConf {
  const { spec, proxy } = stage.world;
  const { user, password, domain = 'corp-uk' } = proxy.auth;
  const parents = spec.standby ? [proxy, stage.world.standby] : [proxy];
  return {
    username: user,
    domain,
    password,
    proxies: parents.map(({ host, port }) => `${host}:${port}`),
    listen: cntlmAddress(stage),
  };
}

/**
 * Starts the real cntlm as a service of the Docker host: in a container that has the host's network, and that no job
 * can look into.
 * @param differs from the configuration of the page
 */
export async function startCntlm(
  stage: In,
  differs: Partial<CntlmConf> & { readonly name?: string } = {},
): Promise<RunningContainer> {
  const { name = 'cntlm', ...conf } = { ...pageCntlmConf(stage), ...differs };
  const container = await stage.world.docker.run({
    name,
    image: 'cntlm',
    network: 'host',
    files: { [CONFIGURATION]: cntlmConf(conf) },
  });
  const [address = '', port = ''] = conf.listen.includes(':') ? conf.listen.split(':') : ['127.0.0.1', conf.listen];
  await container.ready(`${name} to listen`, ['bash', '-c', `exec 3<>/dev/tcp/${address}/${port}`], UP_LIMIT_MS);
  return container;
}

/** A runner as the page configures it behind cntlm: its own variables, those of its jobs, and the hook for git. */
export function behindCntlm(stage: Pick<Stage, 'world'>): Partial<RunnerConfig> {
  const url = cntlmUrl(stage);
  return {
    env: proxyVariables({ url }),
    environment: jobEnvironment(url, DIND_NO_PROXY),
    getSourcesHook: GET_SOURCES_HOOK,
    docker: dockerConfig(stage),
  };
}
