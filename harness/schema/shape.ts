import type { z } from 'zod';

/** A schema for every field of a type, the optional ones among them, and for no other. */
export type Shape<T> = { readonly [P in keyof T]-?: z.ZodType<T[P]> };
