import { diagnose } from '../diagnose.ts';
import type { FoundCause } from '../found-cause.ts';

/** What a runner and its jobs have written, where somebody speaks TLS who is not known. */
export interface WrittenLogs {
  /** Lines of the runner's own log. */
  readonly runner: readonly string[];
  /** Lines of the trace of each job. */
  readonly jobs: readonly (readonly string[])[];
}

/** The gravest cause of the family `tls` that logs show, as a customer's would; undefined where they show none. */
export function explainUntrusted({ runner, jobs }: WrittenLogs): FoundCause | undefined {
  const file = (name: string, lines: readonly string[]) => ({ name, bytes: Buffer.from(`${lines.join('\n')}\n`) });
  const files = [file('gitlab-runner.log', runner), ...jobs.map((lines, index) => file(`job-${index + 1}.log`, lines))];
  return diagnose({ files, unread: [] }).findings.find(({ cause }) => cause.startsWith('tls/'));
}
