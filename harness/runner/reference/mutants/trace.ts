import type { TracePolicy } from '../policies/job-policies.ts';
import type { Mutant } from './mutant.ts';

const traceFault = (name: string, says: string, change: Partial<TracePolicy>): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, trace: { ...honest.trace, ...change } }),
});

/** The chunk with what the script printed: the one after the preparation. */
const SCRIPT_CHUNK = 1;

/** Faults in what GitLab is told about a job. */
export const traceMutants: readonly Mutant[] = [
  traceFault('drops-trace-chunk', 'The second chunk of a trace is never sent.', {
    sends: (chunk, index) => (index === SCRIPT_CHUNK ? Buffer.alloc(0) : chunk),
  }),
  traceFault('sends-chunks-out-of-order', 'The halves of the second chunk of a trace are sent in the wrong order.', {
    sends: (chunk, index) => {
      if (index !== SCRIPT_CHUNK) return chunk;
      const line = chunk.indexOf('\n', chunk.length / 2) + 1;
      const middle = line > 0 && line < chunk.length ? line : Math.ceil(chunk.length / 2);
      return Buffer.concat([chunk.subarray(middle), chunk.subarray(0, middle)]);
    },
  }),
  traceFault(
    'takes-unanswered-trace-for-sent',
    'A part of the trace whose request got no answer is taken for sent, and so is one that a proxy refused.',
    { takesForSent: (status) => [-1, 202, 407, 502, 503].includes(status) },
  ),
  traceFault(
    'takes-unanswered-end-for-told',
    'The end of a job is told once: when nobody, or the proxy alone, answers, it is not told again.',
    { takesForTold: (status) => [-1, 200, 407, 502, 503].includes(status) },
  ),
  {
    name: 'reports-success-for-failed-job',
    says: 'Every job is reported as a success.',
    change: (honest) => ({ ...honest, job: { ...honest.job, reports: () => 'success' } }),
  },
  traceFault('prints-token-in-trace', 'The trace shows the token of the job.', {
    says: ({ jobToken }) => [`Using job token ${jobToken}`],
  }),
  traceFault('prints-proxy-password-in-trace', 'The trace shows the password of the proxy.', {
    masks: ({ jobToken, others }) => [jobToken, ...others],
    says: ({ proxyPasswords }) => proxyPasswords.map((password) => `Using proxy password ${password}`),
  }),
];
