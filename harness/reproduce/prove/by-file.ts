import type { Picture } from '../../diagnosis/picture/picture.ts';
import { placeOf } from '../plan/place.ts';
import type { CasePlan } from '../plan/plan.ts';
import { type Candidate, changing } from './candidate.ts';

/**
 * Where no known cause mends a case: each of the customer's files in turn as the page has it, or left out where the page has none. The one
 * with which everything works is where to look.
 */
export function fileCandidates(picture: Picture, plan: CasePlan): readonly Candidate[] {
  const places = new Map(picture.documents.flatMap((each) => placeOf(each) ?? []).map((each) => [each.path, each]));
  return [...places.values()].map(({ file, path }) => {
    const instead = plan.page.find((each) => each.path === path || sameService(each.path, path));
    return {
      cause: 'page/another-file',
      says: instead
        ? `No known cause is in ${file}, and with this file as the page has it what failed works: look at what differs.`
        : `No known cause is in ${file}, and without it, as on the page, what failed works.`,
      remedy: instead ? `Compare it with the page's, line by line.` : 'Leave it out, or find the line that decides.',
      file,
      ...changing({ adds: new Map(instead ? [[instead.path, instead.content]] : []) }),
      removes: instead?.path === path ? [] : [path],
    };
  });
}

/** The directory of a service's drop-ins. */
const OF_SERVICE = /\/([\w-]+)\.service\.d\//;

const sameService = (one: string, other: string): boolean => {
  const [, service] = OF_SERVICE.exec(one) ?? [];
  return service !== undefined && OF_SERVICE.exec(other)?.[1] === service;
};
