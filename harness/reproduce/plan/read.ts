import { runnerVersion } from '../../diagnosis/causes/_runner-version.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { getSourcesHookName, releaseOf } from '../../profile/index.ts';
import type { ProxyAuth } from '../../proxy/spec.ts';
import { accountIn } from './account.ts';
import { distrustingIn } from './gateway.ts';
import { imagesOf, jobIn } from './job.ts';
import { missingFiles } from './missing.ts';
import { networkIn } from './network.ts';
import { pageFiles } from './page-files.ts';
import { gitlabIn, proxiesOf, registriesOf, type Says } from './peers.ts';
import type { Assumption, CasePlan } from './plan.ts';
import { proxyUrlOf } from './proxy-url.ts';

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
export function planOf(picture: Picture, { scheme, complete = false }: PlanOptions = {}): CasePlan {
  const assumptions: Assumption[] = [];
  const says: Says = (about, sentence) => void assumptions.push({ about, says: sentence });
  const gitlab = gitlabIn(picture, says);
  const { local, parents } = proxiesOf(picture, says);
  const account = accountIn(picture, scheme, local !== undefined);
  says('credentials', account.says);
  const { auth } = account;
  const distrusting = distrustingIn(picture);
  if (distrusting)
    says('proxy', `The proxy opens TLS. All but the ${distrusting} trust its CA, as that one rejects certificates.`);
  const job = jobIn(picture);
  const hook = getSourcesHookName(releaseOf(runnerVersion(picture) ?? NEWEST));
  const images = [...new Set([...imagesOf(picture, job), USUAL_IMAGE])];
  const page = pageFiles({
    hook,
    noProxy: networkIn(picture).denied.map(({ host }) => host),
    proxyUrl: proxyUrlOf({ ...(local ? { local } : {}), proxies: parents, auth }),
    gitlabUrl: gitlab.url,
    auth,
    parents,
    local,
    job,
  });
  return {
    gitlab,
    proxies: parents,
    ...(local ? { local } : {}),
    auth,
    ...(distrusting ? { distrusting } : {}),
    registries: registriesOf(picture, images, [gitlab, ...parents]),
    images,
    page,
    ...missingFiles(picture, page, complete, says),
    job,
    inner: job.kind === 'push' && wantsInner(picture, complete),
    hook,
    assumptions,
  };
}

/** Whether somebody wanted the docker CLI of jobs to give its containers the proxy, as the page has it done. */
function wantsInner(picture: Picture, complete: boolean): boolean {
  const byHook = picture.runners.some(({ hooks }) =>
    hooks.some(({ script }) => script.includes('.docker/config.json')),
  );
  return byHook || (complete && picture.all('docker-cli').some(({ proxies }) => proxies.length > 0));
}
