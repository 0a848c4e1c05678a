import { jobFault } from './job-fault.ts';
import type { Mutant } from './mutant.ts';

/** A line with its output sent elsewhere. */
const redirected = (line: string, to: string): string => `{ ${line}\n} ${to}`;

/** Has all that a script prints on stderr printed when it ends; only the first time that it is run. */
const STDERR_LAST = '[ -n "$late" ] || { late=$(mktemp); exec 3>&2 2>"$late"; trap \'cat "$late" >&3\' EXIT; }';

/** Passes on what is read up to the last end of a line. */
function wholeLines(): (chunk: Buffer) => Buffer {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    const all = Buffer.concat([rest, chunk]);
    const end = all.lastIndexOf('\n') + 1;
    rest = all.subarray(end);
    return all.subarray(0, end);
  };
}

/** Longer than any scenario looks. */
const FOREVER_SECONDS = 7 * 24 * 3600;

/** Faults in how several jobs are kept apart, and in what is made of a script's output and its end. */
export const jobMutants: readonly Mutant[] = [
  jobFault('mixes-traces-of-jobs', 'What a job prints stands in the trace of the job that was started last.', {
    printsIn: (own, atWork) => atWork.at(-1) ?? own,
  }),
  jobFault('uses-token-of-first-job', 'The requests of a job bear the token of the job that was started first.', {
    tokenOf: (own, [first = own]) => first.token,
  }),
  jobFault('goes-on-after-failed-command', 'A script goes on after a command that fails.', {
    writes: (line, of) => (of === 'script' ? `set +e\n${line}` : line),
  }),
  jobFault('drops-stderr', 'What a script prints on stderr is thrown away.', {
    writes: (line, of) => (of === 'pre_build_script' ? line : redirected(line, '2>/dev/null')),
  }),
  jobFault('prints-stderr-last', 'What a script prints on stderr comes after all that it prints on stdout.', {
    writes: (line, of) => (of === 'script' ? `${STDERR_LAST}\n${line}` : line),
  }),
  jobFault('drops-last-words', 'What a script prints after its last end of a line is thrown away.', {
    reads: wholeLines,
  }),
  jobFault('reports-timeout-as-failed-script', 'A job that took too long is reported as one whose script failed.', {
    reports: (end) =>
      end.failureReason === 'job_execution_timeout' ? { ...end, failureReason: 'script_failure' } : end,
  }),
  jobFault('ignores-timeouts', 'A job may take as long as it likes.', { endsAfter: () => FOREVER_SECONDS }),
  jobFault('goes-on-with-canceled-jobs', 'The script of a job that GitLab has canceled goes on.', {
    endsWhenCanceled: false,
  }),
  jobFault('drops-after-script-output', 'What an after_script prints is thrown away.', {
    writes: (line, of) => (of === 'after_script' ? redirected(line, '>/dev/null 2>&1') : line),
  }),
  jobFault('goes-on-without-artifacts', 'A job whose download of artifacts fails for good is run without them.', {
    failsBy: (what) => what !== 'download',
  }),
  jobFault('succeeds-without-upload', 'A job whose upload of artifacts fails for good is reported as a success.', {
    failsBy: (what) => what !== 'upload',
  }),
  jobFault('adds-to-cut-download', 'A download that is tried again is added to what the first try left.', {
    downloadsAnew: false,
  }),
  jobFault('skips-after-script-of-failed-job', 'The after_script of a job whose script failed is not run.', {
    runsAfterScript: (failed) => !failed,
  }),
  jobFault('fails-by-after-script', 'A job whose after_script fails is reported as failed.', {
    afterScriptDecides: (code) => code !== 0,
  }),
  jobFault('succeeds-by-after-script', 'A job whose after_script succeeds is reported as a success.', {
    afterScriptDecides: (code) => code === 0,
  }),
];
