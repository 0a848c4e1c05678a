import { runnerVersion } from '../../diagnosis/causes/_runner-version.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { getSourcesHookName, releaseOf } from '../../profile/index.ts';
import { accountIn } from './account.ts';
import { type Elsewhere, elsewhereSays } from './elsewhere.ts';
import { elsewhereIn } from './elsewhere-in.ts';
import { interceptionIn } from './gateway.ts';
import { imagesOf, jobIn, jobSays } from './job.ts';
import { missingFiles } from './missing.ts';
import { networkOf } from './network.ts';
import { authOf, readOverrides } from './overrides.ts';
import { pageFiles } from './page-files.ts';
import { gitlabIn, proxiesOf, registriesOf, type Says } from './peers.ts';
import type { Assumption, CasePlan, Settings } from './plan.ts';
import { proxyUrlOf } from './proxy-url.ts';
import { registrationIn } from './registration.ts';

/** The image of jobs that name none. */
export const USUAL_IMAGE = 'alpine:latest';

/** What whoever reproduces knows better than the files. */
export interface PlanOptions {
  /** What counts in place of what the files say: see `readOverrides`. */
  readonly set?: Settings;
  /** Whether the bundle has every file of the machine that is about the proxy, as `collect` gathers them. */
  readonly complete?: boolean;
  /** What no file shows. */
  readonly elsewhere?: Elsewhere;
}

/** What is taken for the version of a runner of which nobody knows it. */
const NEWEST = '18.11.0';

/** What the plan has a sentence of its own for. */
const SAID_ELSEWHERE = new Set(['proxy.auth', 'proxy.intercept']);

/** What must be stood up so that a customer's files lie where they mean something. Pure. */
export function planOf(
  picture: Picture,
  { set = {}, complete = false, elsewhere: written = {} }: PlanOptions = {},
): CasePlan {
  const given = readOverrides(set);
  const assumptions: Assumption[] = [];
  const says: Says = (about, sentence) => void assumptions.push({ about, says: sentence });
  for (const key of Object.keys(set).filter((each) => !SAID_ELSEWHERE.has(each)))
    says(key.startsWith('gitlab') ? 'gitlab' : 'proxy', `${key} is as it was set.`);
  const gitlab = given.gitlab ?? gitlabIn(picture, says);
  const { local, parents: seen } = proxiesOf(picture, given.proxy ? () => {} : says);
  const parents = given.proxy ? [given.proxy] : seen;
  const account = accountIn(picture, given.scheme, local !== undefined);
  const auth = authOf(account.auth, given);
  says(
    'credentials',
    auth === account.auth ? account.says : `The proxy asks for ${auth.scheme}, and for the account that was set.`,
  );
  const interception = interceptionIn(picture, given.intercepts);
  const { distrusting } = interception;
  if (interception.says !== undefined) says('proxy', interception.says);
  const shown = withoutKeys(
    elsewhereIn(picture, {
      gitlab,
      intercepts: interception.intercepts,
      proxies: parents,
      ...(local ? { local } : {}),
    }),
    written,
  );
  for (const each of elsewhereSays(written, 'as the case says')) says('proxy', each);
  for (const each of elsewhereSays(shown, 'as the logs show')) says('proxy', each);
  const elsewhere = { ...shown, ...written };
  const job = jobIn(picture);
  const registers = registrationIn(picture);
  const hook = getSourcesHookName(releaseOf(runnerVersion(picture) ?? NEWEST));
  for (const each of jobSays(job)) says('job', each);
  const images = [...new Set([...imagesOf(picture, job), USUAL_IMAGE])];
  const registries = registriesOf(picture, images, [gitlab, ...parents]);
  const reach = { gitlab, registries, ...(given.allows ? { allows: given.allows } : {}) };
  const page = pageFiles({
    hook,
    noProxy: networkOf(picture, reach)
      .denied.filter(({ host }) => picture.isInternal(host))
      .map(({ host }) => host),
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
    intercepts: interception.intercepts,
    ...(distrusting ? { distrusting } : {}),
    ...(given.allows ? { allows: given.allows } : {}),
    set,
    registries,
    images,
    page,
    ...missingFiles(picture, page, complete, says),
    job,
    ...(registers ? { registers } : {}),
    elsewhere,
    inner: job.kind === 'push' && wantsInner(picture, complete),
    hook,
    assumptions,
  };
}

/** What logs show, but for what the case itself says. */
const withoutKeys = (shown: Elsewhere, written: Elsewhere): Elsewhere =>
  Object.fromEntries(Object.entries(shown).filter(([key]) => !(key in written)));

/** Whether somebody wanted the docker CLI of jobs to give its containers the proxy, as the page has it done. */
function wantsInner(picture: Picture, complete: boolean): boolean {
  const byHook = picture.runners.some(({ hooks }) =>
    hooks.some(({ script }) => script.includes('.docker/config.json')),
  );
  return byHook || (complete && picture.all('docker-cli').some(({ proxies }) => proxies.length > 0));
}
