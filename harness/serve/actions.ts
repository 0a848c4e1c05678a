import { z } from 'zod';
import { jobSchema, planSchema } from '../gitlab/spec-schema.ts';
import { PRESET_NAMES } from './presets.ts';

/** Which of a lab's proxies. */
export const proxySchema = z.enum(['proxy', 'standby']);

/** A fault's declaration; the proxy checks the rest of it. */
export const faultSchema = z.looseObject({ fault: z.string() });

/** Whom a proxy is to let in. */
export const accountSchema = z.strictObject({ user: z.string().min(1), password: z.string().min(1) });

/** What somebody does in a lab by hand, as it is asked for, and as a case file has it. */
export const actionSchema = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('fault-on'),
    proxy: proxySchema,
    fault: faultSchema,
    id: z.int().positive().optional(),
  }),
  z.strictObject({ do: z.literal('fault-off'), id: z.int().positive() }),
  z.strictObject({ do: z.literal('plan'), preset: z.enum(PRESET_NAMES).optional(), plan: planSchema.optional() }),
  z.strictObject({ do: z.literal('job'), job: jobSchema, name: z.string().optional() }),
  z.strictObject({ do: z.literal('cancel'), job: z.int().positive() }),
  z.strictObject({ do: z.enum(['start', 'stop', 'restart']), proxy: proxySchema }),
  z.strictObject({
    do: z.literal('credentials'),
    proxy: proxySchema,
    to: z.union([z.enum(['others', 'none']), accountSchema]),
  }),
]);

export type LabAction = z.infer<typeof actionSchema>;

/** An action with its moment, in milliseconds since the lab was stood up. */
export const stepSchema = z.strictObject({ at: z.number().nonnegative(), action: actionSchema });

export type LabStep = z.infer<typeof stepSchema>;
