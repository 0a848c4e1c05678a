import { z } from 'zod';
import { profileNames } from '../../profile/index.ts';
import { SubjectError } from '../resolve/error.ts';
import type { Ability } from '../subject.ts';
import { abilityNames } from './abilities.ts';
import { answerOf } from './answer.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;
const ability = z.enum(abilityNames as [Ability, ...Ability[]]);

/** What a driver answers to `describe`. */
export const description = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'it must be letters, digits, dots and dashes'),
  version: z.string().min(1).max(100),
  can: z.array(ability),
  cannot: z.partialRecord(ability, z.string().min(1)).optional(),
  profile: z.enum(profileNames as [(typeof profileNames)[number], ...typeof profileNames]).optional(),
  stop: z
    .strictObject({
      graceful: z.enum(SIGNALS).optional(),
      forced: z.enum(SIGNALS).optional(),
      seconds: z.number().positive().max(600).optional(),
    })
    .optional(),
  getSourcesHook: z.string().optional(),
  helperProgram: z.string().startsWith('/').optional(),
});

/** What a driver says of its runner. */
export type RunnerDescription = z.infer<typeof description>;

/**
 * Asks a driver about its runner.
 * @param path its program, absolute
 * @throws SubjectError in a sentence
 */
export async function describe(path: string, limitMs?: number): Promise<RunnerDescription> {
  const question = { path, verb: 'describe', ...(limitMs === undefined ? {} : { limitMs }) };
  return answerOf(question, description).catch((error: Error) => {
    throw new SubjectError('absent', error.message, { cause: error });
  });
}
