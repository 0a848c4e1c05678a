import { imageRegistry } from '../../diagnosis/routes/asked.ts';
import type { RepositorySpec } from '../../gitlab/spec.ts';
import { joinHostPort } from '../../url/index.ts';
import type { WorldSpec } from '../../world/spec.ts';
import type { CustomerNetwork } from '../plan/network.ts';
import { GITLAB_REGISTRY } from '../plan/peers.ts';
import type { CasePlan, PlannedJob } from '../plan/plan.ts';
import { LIBRARY, PROJECT } from './job.ts';

/** The helper's image, in the registry that stands for GitLab's. */
export const HELPER_IMAGE = `${GITLAB_REGISTRY}/proxyproof/helper:latest`;

const isDind = (image: string): boolean => /dind/.test(image);

/** The world of a plan: its peers stand where the customer's files say that theirs do. */
export function worldOf(plan: CasePlan, { isOpen }: CustomerNetwork): WorldSpec {
  const { gitlab, proxies, auth, registries, job } = plan;
  const [, second] = proxies;
  const proxy = { kind: 'keep-alive', auth, ...(plan.intercepts ? { intercepts: {} } : {}) } as const;
  const key = ({ host, port }: { host: string; port: number }): string => joinHostPort(host, port);
  return {
    gitlab: {
      tls: gitlab.tls,
      repositories: repositoriesOf(job),
    },
    proxy,
    ...(second ? { standby: proxy } : {}),
    docker: {},
    registry: {
      tls: true,
      auth: 'none',
      holds: [...held(plan.images), { repository: 'proxyproof/helper', image: 'small' }],
    },
    knownAs: Object.fromEntries([
      [key(gitlab), 'gitlab'],
      ...registries.map((each) => [key(each), 'registry']),
      // It answers whoever asks it for anything.
      ...(job.downloads ?? []).map((each) => [key(each), 'registry'] as const),
      ...(job.remote ? [[key(job.remote), 'engine'] as const] : []),
      ...proxies.map((each, index) => [key(each), index === 0 ? 'proxy' : 'standby']),
    ]),
    open: [gitlab, ...registries, ...(job.downloads ?? [])].filter(({ host }) => isOpen(host)).map(key),
  };
}

/** The project, and its submodule where it has one. */
function repositoriesOf({ submodules }: PlannedJob): readonly RepositorySpec[] {
  const project = { path: PROJECT, files: { Dockerfile: 'FROM scratch\nCOPY Dockerfile /\n' } };
  if (!submodules) return [project];
  return [
    { ...project, submodules: { [LIBRARY.path]: { repository: LIBRARY.project, url: 'absolute' } } },
    { path: LIBRARY.project, files: { 'README.md': 'A library.\n' } },
  ];
}

/** The images that files name, as the registries have them: ours by their names. */
function held(images: readonly string[]): NonNullable<NonNullable<WorldSpec['registry']>['holds']> {
  return images.map((name) => {
    const registry = imageRegistry(name);
    const [, path = '', tag = 'latest'] =
      /^([^:]+)(?::(.+))?$/.exec(registry === undefined ? name : name.slice(registry.length + 1)) ?? [];
    const repository = registry === undefined && !path.includes('/') ? `library/${path}` : path;
    return { repository, tag, image: isDind(name) ? ('dind' as const) : ('small' as const) };
  });
}
