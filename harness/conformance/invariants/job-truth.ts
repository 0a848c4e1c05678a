import type { EventOf, Evidence } from '../../ledger/index.ts';
import { check, type Finding } from '../finding.ts';

/** That GitLab sees each job end as it ended, with its whole trace. */
export function jobTruth(evidence: Evidence): Finding[] {
  return evidence.of('job').flatMap((end) => (end.what === 'finished' ? [...wholeTrace(end), ...rightEnd(end)] : []));
}

function wholeTrace(end: EventOf<'job'>): Finding[] {
  if (end.checksumMatches !== false || end.failureReason === 'trace_size_exceeded') return [];
  return [
    check(
      false,
      'the trace that GitLab has of a job is the one that the runner has, by its checksum',
      `job ${end.job}'s trace has ${end.trace?.bytes ?? 0} bytes, and another checksum`,
      end,
    ),
  ];
}

/** The exit code of a job's script, where the script says so by itself, against what GitLab was told. */
function rightEnd(end: EventOf<'job'>): Finding[] {
  const { exits, exitCode, state } = end;
  if (exits === undefined || exits === 0) return [];
  if (state === 'success') {
    return [
      check(
        false,
        'a job whose script fails is not told to GitLab as a success',
        `job ${end.job}, whose script ends with exit code ${exits}, was reported as success`,
        end,
      ),
    ];
  }
  if (exitCode === exits && end.failureReason !== undefined && end.failureReason !== 'script_failure') {
    return [
      check(
        false,
        'a job whose script fails is told to GitLab as a failure of its script',
        `job ${end.job}, whose script ended with exit code ${exits}, was reported as ${end.failureReason}`,
        end,
      ),
    ];
  }
  if (exitCode === undefined || exitCode === exits || end.failureReason !== 'script_failure') return [];
  return [
    check(
      false,
      "GitLab is told the exit code of a job's script",
      `job ${end.job} ended with exit code ${exits}, and was reported with ${exitCode}`,
      end,
    ),
  ];
}
