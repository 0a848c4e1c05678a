import { z } from 'zod';

/** Which requests a fault strikes; both by default. */
export const target = z.enum(['any', 'forward', 'connect']);

/** Where it strikes at a request, only those whose first line has this in it; a CONNECT's has no more than host and port. */
export const line = z.string().min(1).optional();

/** When that many bytes of a message's body or of a tunnel have passed, up (from the client) or down. */
export const atByte = z.strictObject({
  /** Counted from 0 when the fault is switched on in the middle of a tunnel. */
  atByte: z.int().nonnegative(),
  direction: z.enum(['up', 'down']),
});

/** After a request's head is there, or after a CONNECT has been answered with 200. */
export const requestMoment = z.enum(['on-request', 'after-connect']);

/**
 * When a fault strikes. `on-connect`: as a client connects. `on-request`: when a request's head is there, CONNECT
 * included. `after-connect`: when a CONNECT has been answered with 200. Or at a byte.
 */
export const faultMoment = z.union([z.enum(['on-connect', 'on-request', 'after-connect']), atByte]);

export type FaultMoment = z.infer<typeof faultMoment>;

/**
 * The schema of a fault's declaration.
 * @param shape what it says besides its name and how often it strikes
 */
export function declared<const N extends string, S extends z.core.$ZodShape>(name: N, shape: S) {
  return z.strictObject({
    fault: z.literal(name),
    /** How often it strikes before it lets things be; always by default. */
    times: z.int().positive().optional(),
    ...shape,
  });
}
