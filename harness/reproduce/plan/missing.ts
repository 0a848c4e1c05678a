import type { Picture } from '../../diagnosis/picture/picture.ts';
import { serviceName } from '../../diagnosis/service-name.ts';
import { joinHostPort } from '../../url/index.ts';
import type { Says } from './peers.ts';
import { placeOf } from './place.ts';
import type { CasePlan, Endpoint, PageFileName, PageFileToWrite } from './plan.ts';
import { outdatedIn, withoutProxy } from './symptom.ts';

/**
 * Which of the page's files are written for want of the customer's own, and which are left out.
 * @param complete whether the bundle has all there is
 */
export function missingFiles(
  picture: Picture,
  page: readonly PageFileToWrite[],
  complete: boolean,
  says: Says,
): Pick<CasePlan, 'fromPage' | 'outdated' | 'leftOut'> {
  const theirs = new Set(picture.documents.flatMap((each) => placeOf(each)?.path ?? []));
  const missing = page.filter(({ name, path }) => !theirs.has(path) && !hasOther(picture, name));
  const without = new Set<PageFileName>(withoutProxy(picture));
  const isLeftOut = ({ name }: PageFileToWrite): boolean => complete || without.has(name);
  const right = missing.filter((each) => !isLeftOut(each));
  const old = outdatedIn(picture);
  const outdated = right.filter(({ name }) => old.some((each) => each.name === name));
  const fromPage = right.map((each) => {
    const peer = old.find(({ name }) => name === each.name)?.peer;
    return peer ? { ...each, content: naming(each.content, peer) } : each;
  });
  const leftOut = missing.filter(isLeftOut);
  for (const { path, name } of fromPage) {
    const peer = old.find((each) => each.name === name)?.peer;
    says(
      'file',
      peer
        ? `${path} is not in the bundle: it is written with ${joinHostPort(peer.host, peer.port)}, where nothing answered.`
        : `${path} is not in the bundle: it is written as on the page.`,
    );
  }
  for (const { path } of leftOut) {
    says(
      'file',
      complete
        ? `${path} is not on the customer's machine, where everything was collected: it is left out.`
        : `${path} is not in the bundle, and what failed speaks against it: it is left out.`,
    );
  }
  return { fromPage, outdated, leftOut };
}

/** A drop-in with another proxy than its own. */
const naming = (content: string, { host, port }: Endpoint): string =>
  content.replaceAll(/(https?_proxy=http:\/\/(?:[^@"\s]*@)?)[^"\s/]+/gi, `$1${joinHostPort(host, port)}`);

/** Whether another file than the page's gives the same program its proxy. */
function hasOther(picture: Picture, name: PageFileName): boolean {
  if (name === 'docker') return hasService(picture, 'docker') || picture.effective('daemon-json').length > 0;
  if (name === 'runner') return hasService(picture, 'gitlab-runner');
  if (name === 'dockerConfig') return picture.all('docker-cli').length > 0;
  if (name === 'cntlm') return picture.all('cntlm').length > 0;
  return picture.all('config-toml').length > 0;
}

const hasService = (picture: Picture, unit: string): boolean =>
  picture.all('unit').some((each) => each.role === 'drop-in' && serviceName(each.unit) === unit) ||
  picture.settings.some(({ scope }) => scope.of === 'service' && scope.unit === unit);
