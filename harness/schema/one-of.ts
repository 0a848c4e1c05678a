import { z } from 'zod';

/** Exactly the members of a union: the compiler says so when one is missing, or is none. */
export const oneOf = <T extends string>(members: Readonly<Record<T, true>>): z.ZodType<T> =>
  z.enum(Object.keys(members) as [T, ...T[]]) as unknown as z.ZodType<T>;
