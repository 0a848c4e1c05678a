import type { Stage } from '../../conformance/authoring.ts';
import type { RunnerConfig } from '../../runner/subject.ts';
import { bypassed, jobsEnd } from '../running/jobs-end.ts';
import { START_LIMIT_MS } from '../running/limits.ts';
import { whileCommand, whilePolling } from '../running/while.ts';
import { isOfJob, type OwnRequest, type RunnerRequest } from './requests.ts';

const COMMANDS = ['register', 'verify', 'unregister'] as const;

/**
 * Makes the subject issue a request of a kind, by the command that makes it or by polling, then stops it.
 * @param during waits until there is enough to judge
 */
export function issueRequest(
  stage: Stage,
  kind: RunnerRequest,
  config: RunnerConfig,
  during: () => Promise<void>,
): Promise<void> {
  const command = COMMANDS.find((each) => each === kind);
  return command ? whileCommand(stage, command, config, during) : whilePolling(stage, config, during);
}

/**
 * Makes the subject issue a request of a kind, and waits until it has an answer or went around the proxy; where a job
 * makes the request, until the job is over.
 */
export function makeRequest(stage: Stage, kind: OwnRequest, config: RunnerConfig): Promise<void> {
  return issueRequest(stage, kind, config, async () => {
    if (isOfJob(kind)) return jobsEnd(stage);
    await stage.world.waitFor(
      `an answer to a ${kind} request`,
      (seen) => bypassed(seen) || seen.gitlab(kind).some((each) => each.answered !== undefined),
      START_LIMIT_MS,
    );
  });
}
