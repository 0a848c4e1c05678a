import { type ByProfile, firstProfile } from '../../profile/index.ts';
import type { Level } from '../level.ts';
import type { Requirement } from './requirement.ts';

/** One for all profiles, or what the first has and what later ones have instead. */
type Said<T extends string> = T | ByProfile<T>;

type Declare = (id: string, level: Said<Level>, holds: Said<string>) => Requirement;

/**
 * Declares the requirements of one family.
 * @param name the first part of their ids
 * @param heading where on the page they stand
 * @param page its title, where it is not the page about proxies
 */
export function family(name: string, heading: Said<string>, page?: string): Declare {
  return (id, level, holds) => ({
    id: `${name}/${id}`,
    level: byProfile(level),
    ...(page === undefined ? {} : { page }),
    heading: byProfile(heading),
    holds: byProfile(holds),
  });
}

const byProfile = <T extends string>(said: Said<T>): ByProfile<T> =>
  typeof said === 'string' ? ({ [firstProfile]: said } as ByProfile<T>) : said;
