import { z } from 'zod';
import { jobSchema, planSchema } from '../gitlab/spec-schema.ts';
import { PRESET_NAMES } from './presets.ts';

const proxy = z.enum(['proxy', 'standby']);

/** A fault's declaration; the proxy checks the rest of it. */
const fault = z.looseObject({ fault: z.string() });

/** What somebody does in a lab by hand, as it is asked for, and as a case file has it. */
export const actionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('fault-on'), proxy, fault, id: z.int().positive().optional() }),
  z.strictObject({ do: z.literal('fault-off'), id: z.int().positive() }),
  z.strictObject({ do: z.literal('plan'), preset: z.enum(PRESET_NAMES).optional(), plan: planSchema.optional() }),
  z.strictObject({ do: z.literal('job'), job: jobSchema, name: z.string().optional() }),
  z.strictObject({ do: z.literal('cancel'), job: z.int().positive() }),
  z.strictObject({ do: z.enum(['start', 'stop', 'restart']), proxy }),
  z.strictObject({
    do: z.literal('credentials'),
    proxy,
    to: z.union([z.enum(['others', 'none']), z.strictObject({ user: z.string().min(1), password: z.string().min(1) })]),
  }),
]);

export type LabAction = z.infer<typeof actionSchema>;

/** An action with its moment, in milliseconds since the lab was stood up. */
export const stepSchema = z.strictObject({ at: z.number().nonnegative(), action: actionSchema });

export type LabStep = z.infer<typeof stepSchema>;
