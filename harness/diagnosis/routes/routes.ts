import { clientOf, parseTarget } from '../../clients/index.ts';
import { joinHostPort } from '../../url/index.ts';
import { meant } from '../causes/no-proxy/_gaps.ts';
import type { Picture } from '../picture/picture.ts';
import { actorsOf } from './actors.ts';
import type { Actor, Given, HostRoute } from './route.ts';

/** Who goes by which proxy to which host, and by which line of which file that is so. */
export const routesOf = (picture: Picture): readonly HostRoute[] => actorsOf(picture).flatMap(routesOfActor);

function routesOfActor({ name, job, client, given, asks, isTold }: Actor): HostRoute[] {
  const actor = job === undefined ? name : `${name} (${job})`;
  const env = Object.fromEntries(given.map((each) => [each.name, each.value]));
  const without = Object.fromEntries(Object.entries(env).filter(([each]) => !/^no_proxy$/i.test(each)));
  const { choose } = clientOf(client);
  return [...new Set(asks)].flatMap((url): HostRoute[] => {
    const target = targetOf(url);
    if (!target) return [];
    const host = joinHostPort(target.host, target.port);
    if (!isTold) return [{ actor, host, choice: undefined, because: undefined }];
    const choice = choose(env, target);
    const isSpared = choice.via === 'direct' && choose(without, target).via !== 'direct';
    const decides = (variable: string): boolean =>
      JSON.stringify(choose({ ...env, [variable]: undefined }, target)) !== JSON.stringify(choice);
    const list = listOf(given);
    const because = isSpared ? list : proxyOf(given, target.scheme, decides);
    return [
      {
        actor,
        host,
        choice,
        because,
        ...(list ? { list: { ...list, isMeant: meant(list.value, target.host.toLowerCase()) } } : {}),
      },
    ];
  });
}

function targetOf(url: string): ReturnType<typeof parseTarget> | undefined {
  try {
    return parseTarget(url);
  } catch {
    // What files name as a URL may be none; other causes say so.
    return undefined;
  }
}

/** The list that spares a host: Go and most others take the upper-case one first, and wget the other alone. */
const listOf = (given: readonly Given[]): Given | undefined =>
  given.find(({ name, value }) => name === 'NO_PROXY' && value !== '') ??
  given.find(({ name, value }) => name === 'no_proxy' && value !== '');

/** The variable without which the choice would be another. */
function proxyOf(given: readonly Given[], scheme: string, decides: (name: string) => boolean): Given | undefined {
  const candidates = [`${scheme}_proxy`, 'all_proxy'].flatMap((name) =>
    given.filter((each) => each.name.toLowerCase() === name),
  );
  return candidates.find(({ name }) => decides(name)) ?? candidates[0];
}
