import { honestTrace, type TracePolicy } from '../policies/job-policies.ts';
import { jobFault } from './job-fault.ts';
import type { Mutant } from './mutant.ts';

const traceFault = (name: string, says: string, change: Partial<TracePolicy>): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, trace: { ...honest.trace, ...change } }),
});

/** The chunk with what the script printed: the one after the preparation. */
const SCRIPT_CHUNK = 1;

/** In bytes. */
const MEBIBYTE = 1 << 20;

/** An escaped plus sign after a letter or a digit, where it has a meaning without the escape. */
const LONE_PLUS = /(?<=[0-9A-Za-z])\\\+(?!\\\+)/g;
/** After so many characters a token goes on in the next line. */
const HALF = 10;
/** As RFC 3986 section 2.1 has it, of every byte. */
const escaped = (text: string): string => Buffer.from(text).toString('hex').replace(/../g, '%$&');

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
  traceFault(
    'skips-byte-after-range-mismatch',
    'When GitLab has more of a trace than was known, one byte is skipped.',
    {
      goesOnFrom: (end) => end + 1,
    },
  ),
  traceFault('tells-end-before-rest', 'The end of a job is told before the rest of its trace is sent.', {
    restBeforeEnd: false,
  }),
  traceFault('cuts-long-traces', 'A trace ends after 64 KiB, without a word.', {
    prints: (bytes, before) => bytes.subarray(0, Math.max(0, 65_536 - before)),
  }),
  traceFault('garbles-trace', 'Whatever is no ASCII becomes a question mark in the trace.', {
    prints: (bytes) => bytes.map((byte) => (byte > 127 ? 63 : byte)),
  }),
  traceFault('decodes-pieces-of-output', 'A character that a job prints in two pieces is lost in the trace.', {
    prints: (bytes) => Buffer.from(Buffer.from(bytes).toString('utf8')),
  }),
  traceFault('skips-byte-after-full-part', 'After a part of the trace of the largest size one byte is not sent.', {
    countsAsSent: (bytes, partBytes) => (bytes === partBytes ? bytes + 1 : bytes),
  }),
  traceFault('loses-byte-of-long-traces', 'Each mebibyte of a trace lacks its first byte, but for the first.', {
    prints: (bytes, before) => bytes.filter((_, at) => before + at === 0 || (before + at) % MEBIBYTE !== 0),
  }),
  traceFault('drops-empty-lines', 'Empty lines are left out of the trace.', {
    prints: (bytes) => bytes.filter((byte, at) => byte !== 10 || bytes[at - 1] !== 10),
  }),
  traceFault('unifies-line-ends', 'Carriage returns are left out of the trace.', {
    prints: (bytes) => bytes.filter((byte) => byte !== 13),
  }),
  jobFault('reports-success-for-failed-job', 'Every job is reported as a success.', {
    reports: () => ({ state: 'success' }),
  }),
  jobFault(
    'reports-system-failure-for-failed-script',
    'A job whose script fails is reported as a failure of the runner, which GitLab may run again.',
    {
      reports: (end) =>
        end.failureReason === 'script_failure' ? { ...end, failureReason: 'runner_system_failure' } : end,
    },
  ),
  jobFault('reports-killed-script-as-success', 'An exit code above 128, that of a signal, is reported as a success.', {
    reports: (end) => (end.exitCode !== undefined && end.exitCode > 128 ? { state: 'success' } : end),
  }),
  jobFault('reports-other-exit-code', 'The exit code of a script that fails is reported as 1, whatever it was.', {
    reports: (end) => (end.exitCode === undefined ? end : { ...end, exitCode: 1 }),
  }),
  traceFault('prints-token-in-trace', 'The trace shows the token of the job.', {
    says: ({ jobToken }) => [`Using job token ${jobToken}`],
  }),
  traceFault('prints-proxy-password-in-trace', 'The trace shows the password of the proxy.', {
    masks: ({ jobToken, others }) => [jobToken, ...others],
    says: ({ proxyPasswords }) => proxyPasswords.map((password) => `Using proxy password ${password}`),
  }),
  traceFault('masks-whole-pieces-only', 'A secret that a script prints in two pieces is not masked.', {
    holdsBack: () => [],
  }),
  traceFault('masks-pieces-of-longest-only', 'Of secrets that a script prints in pieces the longest alone is masked.', {
    holdsBack: (secrets) => secrets.slice(0, 1),
  }),
  traceFault('takes-secrets-for-patterns', 'A secret with a plus sign in it is taken for a pattern, and not found.', {
    finds: (secret) => RegExp.escape(secret).replace(LONE_PLUS, '+'),
  }),
  traceFault('masks-ascii-only', 'A secret with a character beyond ASCII is not masked.', {
    masks: (secrets) => honestTrace.masks(secrets).filter((each) => /^[ -~]*$/.test(each)),
  }),
  traceFault('masks-job-token-only', 'Of masked variables the token of the job alone is masked.', {
    masks: ({ jobToken, proxyPasswords }) => [jobToken, ...proxyPasswords],
  }),
  traceFault('prints-basic-credentials', 'The trace shows the password of the proxy in Base64, for another user.', {
    says: ({ proxyPasswords }) =>
      proxyPasswords.map((password) => `Authorizing as ${Buffer.from(`anybody:${password}`).toString('base64')}`),
  }),
  traceFault('prints-token-in-hexadecimal', 'The trace shows the token of the job in hexadecimal.', {
    says: ({ jobToken }) => [`Using job token ${Buffer.from(jobToken).toString('hex')}`],
  }),
  traceFault('prints-password-percent-encoded', 'The trace shows the password of the proxy with every byte escaped.', {
    says: ({ proxyPasswords }) =>
      proxyPasswords.map((password) => `Using proxy http://user:${escaped(password)}@proxy`),
  }),
  traceFault('prints-token-on-two-lines', 'The trace shows the token of the job, with the end of a line in it.', {
    says: ({ jobToken }) => [`Using job token ${jobToken.slice(0, HALF)}`, jobToken.slice(HALF)],
  }),
];
