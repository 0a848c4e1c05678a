import type { CaseContext, Stage } from '../../conformance/authoring.ts';
import { SystemdHost } from '../../containers/host/index.ts';
import { PAGE_PATHS } from '../../diagnosis/host/paths.ts';
import type { ProxyAuth } from '../../proxy/spec.ts';
import type { WorldSpec } from '../../world/spec.ts';
import { REGISTRY_CERTIFICATES } from './files.ts';
import { HOST_PROJECT, HOST_TOOLS } from './names.ts';

/** An account as on the page. */
const ACCOUNT: ProxyAuth = { scheme: 'ntlm', user: 'testuser', domain: 'corp-uk', password: 'Summer-of-2022' };

/** Two NTLM parents and nothing else lead out; behind them are GitLab, and a registry with the images of jobs. */
export const siteWorld = (): WorldSpec => ({
  gitlab: { repositories: [{ path: HOST_PROJECT, files: { Dockerfile: 'FROM scratch\nCOPY Dockerfile /\n' } }] },
  proxy: { kind: 'keep-alive', auth: ACCOUNT },
  standby: { kind: 'keep-alive', auth: ACCOUNT },
  docker: {},
  registry: {
    tls: true,
    auth: 'none',
    holds: Object.values(HOST_TOOLS).map((repository) => ({ repository, image: 'small' })),
  },
});

/** What a subject and a machine must be able to do for a whole host. */
export const siteNeeds = {
  needs: () => ['docker'] as const,
  abilities: (_: CaseContext) => ['poll', 'git', 'docker', 'get-sources-hook', 'environment', 'service'] as const,
};

/**
 * Boots the machine as it is before the page: Docker and a registered runner are installed as services, and nothing is
 * said of a proxy. Its Docker has the image for docker-in-docker, which is too large to be pulled time and again.
 */
export async function bootSite({ world, driver }: Stage, config: string): Promise<SystemdHost> {
  const installation = driver.installation?.();
  return SystemdHost.boot(world.docker, world.ledger, {
    images: ['dind'],
    files: {
      [PAGE_PATHS.config]: config,
      [`${REGISTRY_CERTIFICATES}/${world.registry.address}/ca.crt`]: world.registry.caPem ?? '',
    },
    ...(installation ? { installation } : {}),
  });
}
