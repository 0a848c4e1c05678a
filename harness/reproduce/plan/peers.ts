import { failuresOf } from '../../diagnosis/failures/failures.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { imageRegistry, ownHosts } from '../../diagnosis/routes/asked.ts';
import { joinHostPort } from '../../url/index.ts';
import { DOCKER0, endpointOf as endpoint, endpointOfUrl, isOwn, proxiesIn, USUAL_PORT } from './endpoints.ts';
import { mentionsIn } from './mentions.ts';
import type { Assumption, CasePlan, Endpoint, LocalProxy } from './plan.ts';
import { MADE_UP } from './stand-ins.ts';

/** Takes down what was assumed. */
export type Says = (about: Assumption['about'], sentence: string) => void;

const GITLAB_URL = `https://${MADE_UP.gitlab}`;

/** Where images of Docker Hub come from, and the helper of every runner. */
const DOCKER_HUB = 'registry-1.docker.io';
export const GITLAB_REGISTRY = 'registry.gitlab.com';

/** GitLab, by the first URL that a runner has of it, or a log. */
export function gitlabIn(picture: Picture, says: Says): CasePlan['gitlab'] {
  const [url = failedAt(picture) ?? GITLAB_URL] = ownHosts(picture).gitlab;
  const found = endpointOfUrl(url) ?? endpointOfUrl(GITLAB_URL);
  if (url === GITLAB_URL) says('gitlab', `No file names GitLab: ${GITLAB_URL} stands for it.`);
  return { url: url.replace(/\/+$/, ''), host: '', port: 443, tls: true, ...found };
}

/** GitLab by what failed at it: git, or a call of its API. */
function failedAt(picture: Picture): string | undefined {
  const found = failuresOf(picture).find(
    ({ who, kind, text, target }) =>
      target && (who === 'git' || text.includes('/api/v4/') || (who === 'client' && kind === 'too-large')),
  );
  const { scheme, host, port } = found?.target ?? {};
  return host === undefined || port === undefined
    ? undefined
    : `${scheme}://${host}${isUsual(scheme, port) ? '' : `:${port}`}`;
}

const isUsual = (scheme: string | undefined, port: number): boolean => port === (scheme === 'http' ? 80 : 443);

/** The proxies that lead out, and cntlm before them where a file asks the machine itself. */
export function proxiesOf(
  picture: Picture,
  says: Says,
): { readonly local?: LocalProxy; readonly parents: readonly Endpoint[] } {
  const seen = proxiesIn(mentionsIn(picture.documents));
  const settings = picture.all('cntlm').flatMap((each) => each.settings);
  const own = seen.find(isOwn);
  const hasCntlm = settings.length > 0;
  const local =
    own || hasCntlm
      ? ({ kind: 'cntlm', host: own?.host ?? DOCKER0, port: own?.port ?? listenPort(settings) } as const)
      : undefined;
  const remote = seen.filter((each) => !isOwn(each));
  for (const { host, port, named } of local ? [] : remote.slice(0, 1))
    if (!named) says('proxy', `No file says where ${host} listens: port ${port} is taken, the usual one.`);
  const ofCntlm = settings.filter(({ key }) => key === 'proxy').flatMap(({ value }) => endpoint(value) ?? []);
  const found: readonly Endpoint[] = hasCntlm ? ofCntlm : local ? [] : remote;
  const parents = distinct(found.filter((each) => !isOwn(each))).slice(0, 2);
  if (local && !hasCntlm)
    says('proxy', 'No file says which proxy cntlm asks: one is made up behind it, as on the page.');
  if (!local && parents.length === 0)
    says('proxy', `No file names a proxy: ${MADE_UP.proxy}:${USUAL_PORT} stands for it.`);
  const [first = { host: MADE_UP.proxy, port: local ? 8080 : USUAL_PORT }, second] = parents;
  return { ...(local ? { local } : {}), parents: second ? [first, second] : [first] };
}

const listenPort = (settings: readonly { readonly key: string; readonly value: string }[]): number => {
  const value = settings.findLast(({ key }) => key === 'listen')?.value ?? '';
  return Number(/(\d+)\s*$/.exec(value)?.[1] ?? USUAL_PORT);
};

/** The registries of images, mirrors and pushes; not whom GitLab or a proxy is already. */
export function registriesOf(
  picture: Picture,
  images: readonly string[],
  taken: readonly Endpoint[],
): readonly Endpoint[] {
  const { registries, ofDind } = ownHosts(picture);
  const urls = [
    ...images.map((image) => `https://${imageRegistry(image) ?? DOCKER_HUB}`),
    ...registries,
    ...ofDind,
    `https://${GITLAB_REGISTRY}`,
  ];
  return distinct(urls.flatMap((url) => endpointOfUrl(url) ?? [])).filter(
    ({ host }) => !taken.some((each) => each.host === host),
  );
}

const distinct = (endpoints: readonly Endpoint[]): readonly Endpoint[] => [
  ...new Map(endpoints.map(({ host, port }) => [joinHostPort(host, port), { host, port }])).values(),
];
