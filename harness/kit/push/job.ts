import { check, counted, type Finding } from '../../conformance/authoring.ts';
import { explainPush } from '../../diagnosis/push/causes.ts';
import { askedFor, daemonCallsAtProxy } from '../../diagnosis/push/daemon-calls.ts';
import type { Evidence } from '../../ledger/index.ts';
import { jobContainers } from '../docker/job-containers.ts';
import { endsAs } from '../job/ends-as.ts';
import { traceLines } from '../job/trace.ts';
import { PUSH_SAYS } from './script.ts';

/** That neither the docker CLI nor the check of the service uses the proxy to reach dind. */
export function daemonCallsGoStraight(evidence: Evidence): Finding {
  const astray = daemonCallsAtProxy(evidence);
  const [first] = astray;
  return check(
    first === undefined,
    'calls for the daemon go straight to dind',
    first
      ? `the proxy was asked for ${askedFor(first)} ${counted(astray.length, 'times')}, the first time with ${first.method}; it is no place that the proxy could reach`
      : 'the proxy was asked for GitLab and the registry alone',
    ...astray.slice(0, 3),
  );
}

/** What the ledger knows of why a job that pushes failed, as a sentence; undefined when it is none of the known causes. */
export const pushCause = (evidence: Evidence): string | undefined =>
  explainPush({
    evidence,
    trace: traceLines(evidence).join('\n'),
    serviceEnvironments: jobContainers(evidence, 'service').map(({ inspect }) => inspect.env),
  });

/** That the job ended well; when it did not, with what the ledger knows of the cause. */
export function pushJobSucceeds(evidence: Evidence): Finding {
  const finding = endsAs(evidence, 'success');
  const cause = finding.verdict === 'holds' ? undefined : pushCause(evidence);
  return cause === undefined ? finding : { ...finding, observed: `${finding.observed}. ${cause}` };
}

/** The versions of the docker CLI and of dind, as the job printed them. */
export function dockerVersions(evidence: Evidence): string {
  const line = traceLines(evidence).find((each) => each.startsWith(PUSH_SAYS.versions));
  return line ? `docker (${line.slice(PUSH_SAYS.versions.length).trim()})` : 'docker of an unknown version';
}
