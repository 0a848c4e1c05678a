import type { Level } from '../profile.ts';
import type { Requirement } from './requirement.ts';

type Declare = (id: string, level: Requirement['level'] | Level, holds14: string, holds18?: string) => Requirement;

/**
 * Declares the requirements of one family. What holds under 14.10 holds under 18.3 as well, where nothing else is said.
 * @param name the first part of their ids
 * @param heading where on the page they stand
 */
export function family(name: string, heading: Requirement['heading']): Declare {
  return (id, level, holds14, holds18 = holds14) => ({
    id: `${name}/${id}`,
    level: typeof level === 'string' ? { '14.10': level, '18.3': level } : level,
    heading,
    holds: { '14.10': holds14, '18.3': holds18 },
  });
}
