import type { Behaviour, LogEntry } from '../../behaviour.ts';
import type { Mutant } from '../mutant.ts';
import { retryFault } from './faults.ts';

/** A line that gets another level. */
const forDebugging =
  (which: (entry: LogEntry) => boolean) =>
  (honest: Behaviour): Behaviour => ({
    ...honest,
    writesLog: (entry, time) => honest.writesLog(which(entry) ? { ...entry, level: 'debug' } : entry, time),
  });

const isWait = ({ msg }: LogEntry): boolean => msg.startsWith('Waiting');
const isOfLimit = (entry: LogEntry): boolean =>
  !isWait(entry) && /\b429 |gave up due to/.test(`${entry.msg} ${entry.fields['status'] ?? ''}`);

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
      logs: (entry) => !isOfLimit(entry),
    }),
  },
  {
    name: 'reports-the-end-for-debugging-only',
    says: 'The error in which a limited call ends is logged at debug level.',
    change: forDebugging(isOfLimit),
  },
  {
    name: 'reports-polls-that-end-for-debugging-only',
    says: 'The error in which a limited job request ends is logged at debug level.',
    change: forDebugging((entry) => isOfLimit(entry) && entry.msg.startsWith('Checking for jobs')),
  },
  {
    name: 'keeps-quiet-about-limits',
    says: 'Nothing is logged about a limit that is waited for.',
    change: (honest) => ({ ...honest, logs: (entry) => !isWait(entry) }),
  },
];
