import { randomBytes, randomUUID } from 'node:crypto';
import type { CorrelationPolicy } from '../policies/correlation-policy.ts';
import type { Mutant } from './mutant.ts';

const correlationFault = (
  name: string,
  says: string,
  change: (honest: CorrelationPolicy) => Partial<CorrelationPolicy>,
): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, correlation: { ...honest.correlation, ...change(honest.correlation) } }),
});

/** Faults in how a call is found again in other logs. */
export const correlationMutants: readonly Mutant[] = [
  correlationFault('logs-no-correlation-id', 'No line of the log has a correlation id.', () => ({
    logsId: () => undefined,
  })),
  correlationFault('logs-own-id-for-gitlab', "An answer of GitLab's is logged with the runner's own id.", () => ({
    logsId: (own) => own,
  })),
  correlationFault(
    'logs-another-id-than-sent',
    'The id that is logged where an answer has none was never sent.',
    () => ({
      logsId: (_, answered) => answered ?? randomBytes(16).toString('hex'),
    }),
  ),
  correlationFault(
    'logs-id-of-answer-before',
    'An answer without an id is logged with the id of the one before it.',
    ({ logsId }) => {
      let before: string | undefined;
      return {
        logsId: (own, answered) => {
          before = answered ?? before;
          return logsId(own, before);
        },
      };
    },
  ),
  correlationFault('sends-one-id-for-all', 'Every request is sent with the same id.', () => {
    const id = randomBytes(16).toString('hex');
    return { makesId: () => id };
  }),
  correlationFault('makes-id-with-dashes', "The runner's own id is a UUID with its dashes.", () => ({
    makesId: () => randomUUID(),
  })),
];
