import type { LogEntry } from '../../behaviour.ts';
import type { Mutant } from '../mutant.ts';
import { retryFault } from './faults.ts';

const isWait = ({ msg }: LogEntry): boolean => msg.startsWith('Waiting');

/** Faults in what is said of limits. */
export const limitLogMutants: readonly Mutant[] = [
  retryFault('wrong-final-error', 'A call that gives up says nothing of why.', () => ({
    givesUpWith: 'request failed',
  })),
  {
    name: 'reports-waits-but-not-the-end',
    says: 'Each wait is logged, and the error in which a limited call ends is not.',
    change: (honest) => ({
      ...honest,
      logs: (entry) => isWait(entry) || !/\b429 |gave up due to/.test(`${entry.msg} ${entry.fields['status'] ?? ''}`),
    }),
  },
  {
    name: 'keeps-quiet-about-limits',
    says: 'Nothing is logged about a limit that is waited for.',
    change: (honest) => ({ ...honest, logs: (entry) => !isWait(entry) }),
  },
];
