import { check, type Finding } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import { ARTIFACT_ARRIVED, JOB_RAN } from '../requests/requests.ts';
import type { LimitedKind } from './requests.ts';

/** That what the answer to a request is for has happened. */
export function usesAnswer(evidence: Evidence, kind: LimitedKind): Finding {
  if (kind === 'register' || kind === 'verify') {
    const ended = evidence.mark('command-ended');
    return check(
      ended?.what.endsWith('exit code 0') === true,
      `the ${kind} command succeeds`,
      ended ? ended.what : `the ${kind} command did not end`,
      ended,
    );
  }
  const finished = evidence.of('job').find((each) => each.what === 'finished');
  const trace = finished?.trace?.text ?? '';
  const succeeded = check(
    finished?.state === 'success' && trace.includes(JOB_RAN),
    'the job is run to success and its trace is whole',
    finished
      ? `the job ended as ${finished.state}, its trace ${trace.includes(JOB_RAN) ? 'whole' : 'without what the script printed'}`
      : 'the job did not end',
    finished,
  );
  if (succeeded.verdict !== 'holds') return succeeded;
  if (kind === 'upload') {
    const artifact = evidence.of('job').find((each) => each.what === 'artifact');
    return check(
      artifact !== undefined,
      'the artifact arrives',
      artifact ? 'it arrived' : 'it did not arrive',
      artifact,
      finished,
    );
  }
  if (kind === 'download') {
    return check(
      trace.includes(ARTIFACT_ARRIVED),
      'the script finds the artifact',
      trace.includes(ARTIFACT_ARRIVED) ? 'it found it' : 'it did not',
      finished,
    );
  }
  return succeeded;
}
