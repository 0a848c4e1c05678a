import { runnerVersion } from '../../diagnosis/causes/_runner-version.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { imageRegistry, ownHosts } from '../../diagnosis/routes/asked.ts';
import { getSourcesHookName, releaseOf } from '../../profile/index.ts';
import type { ProxyAuth } from '../../proxy/spec.ts';
import { joinHostPort } from '../../url/index.ts';
import { accountIn } from './account.ts';
import { DOCKER0, endpointOf as endpoint, endpointOfUrl, isOwn, proxiesIn, USUAL_PORT } from './endpoints.ts';
import { distrustingIn } from './gateway.ts';
import { jobIn } from './job.ts';
import { mentionsIn } from './mentions.ts';
import { networkIn } from './network.ts';
import { pageFiles } from './page-files.ts';
import { placeOf } from './place.ts';
import type { Assumption, CasePlan, Endpoint, LocalProxy, PageFileName, PageFileToWrite } from './plan.ts';
import { proxyUrlOf } from './proxy-url.ts';
import { withoutProxy } from './symptom.ts';

/** For a host that no file names. */
const MADE_UP = {
  gitlab: 'https://gitlab.customer.test',
  proxy: 'proxy.customer.test',
  other: 'proxy2.customer.test',
} as const;

/** Where images of Docker Hub come from, and the helper of every runner. */
const DOCKER_HUB = 'registry-1.docker.io';
export const GITLAB_REGISTRY = 'registry.gitlab.com';
/** The image of jobs that name none. */
export const USUAL_IMAGE = 'alpine:latest';

/** What whoever reproduces knows better than the files. */
export interface PlanOptions {
  readonly scheme?: ProxyAuth['scheme'];
  /** Whether the bundle has every file of the machine that is about the proxy, as `collect` gathers them. */
  readonly complete?: boolean;
}

/** What is taken for the version of a runner of which nobody knows it. */
const NEWEST = '18.11.0';

/** What must be stood up so that a customer's files lie where they mean something. Pure. */
export function planOf(picture: Picture, options: PlanOptions = {}): CasePlan {
  const assumptions: Assumption[] = [];
  const says = (about: Assumption['about'], sentence: string): void => void assumptions.push({ about, says: sentence });
  const gitlab = gitlabIn(picture, says);
  const { local, parents } = proxiesOf(picture, says);
  const account = accountIn(picture, options.scheme, local !== undefined);
  says('credentials', account.says);
  const distrusting = distrustingIn(picture);
  if (distrusting)
    says(
      'proxy',
      `The proxy opens TLS, and all but the ${distrusting} trust its CA, as that one rejects certificates.`,
    );
  const job = jobIn(picture);
  const hook = getSourcesHookName(releaseOf(runnerVersion(picture) ?? NEWEST));
  const images = [
    ...new Set([...(job.image === undefined ? [] : [job.image]), ...imagesOf(picture, job.services), USUAL_IMAGE]),
  ];
  const registries = endpointsOf([
    ...images.map((image) => `https://${imageRegistry(image) ?? DOCKER_HUB}`),
    ...ownHosts(picture).registries,
    ...ownHosts(picture).ofDind,
    `https://${GITLAB_REGISTRY}`,
  ]).filter(({ host }) => host !== gitlab.host && !parents.some((each) => each.host === host));
  const proxyUrl = proxyUrlOf({ ...(local ? { local } : {}), proxies: parents, auth: account.auth });
  const theirs = new Set(picture.documents.flatMap((each) => placeOf(each)?.path ?? []));
  const all = pageFiles({
    hook,
    noProxy: networkIn(picture).denied.map(({ host }) => host),
    proxyUrl,
    gitlabUrl: gitlab.url,
    auth: account.auth,
    parents,
    local,
    job,
  });
  const without = new Set<PageFileName>(withoutProxy(picture));
  const missing = all.filter(({ name, path }) => !theirs.has(path) && !hasOther(picture, name));
  const isLeftOut = ({ name }: PageFileToWrite): boolean => options.complete === true || without.has(name);
  const fromPage = missing.filter((each) => !isLeftOut(each));
  const leftOut = missing.filter(isLeftOut);
  for (const { path } of fromPage) says('file', `${path} is not in the bundle: it is written as on the page.`);
  for (const { path } of leftOut)
    says(
      'file',
      options.complete === true
        ? `${path} is not on the customer's machine, where everything was collected: it is left out.`
        : `${path} is not in the bundle, and what failed speaks against it: it is left out.`,
    );
  return {
    gitlab,
    proxies: parents,
    ...(local ? { local } : {}),
    auth: account.auth,
    ...(distrusting ? { distrusting } : {}),
    registries,
    images,
    page: all,
    fromPage,
    leftOut,
    job,
    inner: job.kind === 'push' && wantsInner(picture, options.complete === true),
    hook,
    assumptions,
  };
}

type Says = (about: Assumption['about'], sentence: string) => void;

function gitlabIn(picture: Picture, says: Says): CasePlan['gitlab'] {
  const [url = MADE_UP.gitlab] = ownHosts(picture).gitlab;
  const found = endpointOfUrl(url) ?? endpointOfUrl(MADE_UP.gitlab);
  if (url === MADE_UP.gitlab) says('gitlab', `No file names GitLab: ${MADE_UP.gitlab} stands for it.`);
  return { url: url.replace(/\/+$/, ''), host: '', port: 443, tls: true, ...found };
}

function proxiesOf(
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

const distinct = (endpoints: readonly Endpoint[]): readonly Endpoint[] => [
  ...new Map(endpoints.map(({ host, port }) => [joinHostPort(host, port), { host, port }])).values(),
];

const endpointsOf = (urls: readonly string[]): readonly Endpoint[] =>
  distinct(urls.flatMap((url) => endpointOfUrl(url) ?? []));

function imagesOf(picture: Picture, services: CasePlan['job']['services']): readonly string[] {
  const ofRunners = picture.runners.flatMap(({ image, services: own }) => [
    ...(image ? [image] : []),
    ...own.map(({ name }) => name),
  ]);
  return [...ofRunners, ...services.map(({ name }) => name)].filter(
    (name) => name !== '' && !name.includes('$') && !name.includes('@'),
  );
}

/** Whether another file than the page's gives the same program its proxy. */
function hasOther(picture: Picture, name: PageFileName): boolean {
  if (name === 'docker') return hasService(picture, 'docker') || picture.effective('daemon-json').length > 0;
  if (name === 'runner') return hasService(picture, 'gitlab-runner');
  if (name === 'dockerConfig') return picture.all('docker-cli').length > 0;
  if (name === 'cntlm') return picture.all('cntlm').length > 0;
  return picture.all('config-toml').length > 0;
}

const hasService = (picture: Picture, unit: string): boolean =>
  picture.all('unit').some((each) => each.role === 'drop-in' && each.unit?.replace(/\.service$/, '') === unit) ||
  picture.settings.some(({ scope }) => scope.of === 'service' && scope.unit === unit);

/** Whether somebody wanted the docker CLI of jobs to give its containers the proxy, as the page has it done. */
function wantsInner(picture: Picture, complete: boolean): boolean {
  const byHook = picture.runners.some(({ hooks }) =>
    hooks.some(({ script }) => script.includes('.docker/config.json')),
  );
  return byHook || (complete && picture.all('docker-cli').some(({ proxies }) => proxies.length > 0));
}
