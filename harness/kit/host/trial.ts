import type { Stage } from '../../conformance/authoring.ts';
import type { SystemdHost } from '../../containers/host/index.ts';
import type { PageStep } from '../../diagnosis/host/page.ts';
import type { Evidence } from '../../ledger/index.ts';
import { jobEnd } from '../job/job-end.ts';
import { isCurl, isGit } from './abilities.ts';
import { examineHost } from './examine.ts';
import {
  arrivedPolls,
  directPolls,
  hostCloneJob,
  hostHookJob,
  hostPushJob,
  innerContainer,
  runHostJob,
  waitForPoll,
} from './jobs.ts';
import { HOST_PROBES, probeHost, probeResult } from './probes.ts';

/** Names the moment of the trial in the record. */
const TRIAL = 'trial';
const JOB = 'trial:job';

/** What a trial found, by the step of the page that should have made it possible. */
export interface TrialResult {
  readonly step: PageStep;
  readonly works: boolean;
  /** Half a sentence. */
  readonly says: string;
}

/**
 * Tries out what the page should have made possible, in its order, until something fails; then the machine is examined.
 * @param kind whether the job builds an image by a dind service, or does with a clone
 */
export async function tryHost(stage: Stage, host: SystemdHost, bridge: string, kind: 'clone' | 'push'): Promise<void> {
  const { world } = stage;
  world.mark(TRIAL, 'it is tried out what is possible');
  await tryOut(stage, host, bridge, kind);
  await examineHost(stage, host);
}

async function tryOut(stage: Stage, host: SystemdHost, bridge: string, kind: 'clone' | 'push'): Promise<void> {
  const { world } = stage;
  for (const each of ['gateway', 'pull'] as const) {
    await probeHost(stage, host, each, TRIAL, bridge);
    if (!probeResult(world.evidence, each, TRIAL)?.works) return;
  }
  await waitForPoll(stage, TRIAL, true);
  if (arrivedPolls(world.evidence, since(world.evidence)).length === 0) return;
  world.mark(JOB, kind);
  await runHostJob(stage, kind === 'push' ? hostPushJob(world) : hostCloneJob());
  if (jobEnd(world.evidence)?.state !== 'success') return;
  if (kind === 'clone') await runHostJob(stage, hostHookJob());
  else await probeHost(stage, host, 'create', TRIAL, bridge);
}

const since = (evidence: Evidence): number => evidence.mark(TRIAL)?.seq ?? 0;

/** What was tried, in the order of the page; it ends with what failed. */
export function trialResults(evidence: Evidence): readonly TrialResult[] {
  const found: TrialResult[] = [];
  for (const [what, step] of [
    ['gateway', 'cntlm'],
    ['pull', 'docker'],
  ] as const) {
    const tried = probeResult(evidence, what, TRIAL);
    if (tried) found.push({ step, works: tried.works, says: `${HOST_PROBES[what]}: ${tried.event.what}` });
  }
  if (found.length < 2 || found.some(({ works }) => !works)) return found;
  return [...found, polled(evidence), ...ran(evidence), ...byHook(evidence), ...asConfigured(evidence)];
}

function polled(evidence: Evidence): TrialResult {
  const works = arrivedPolls(evidence, since(evidence)).length > 0;
  const [direct] = directPolls(evidence, since(evidence));
  const last = evidence.logs(/jobs\/request|Checking for jobs/).at(-1);
  const says = works
    ? 'the runner asks for jobs by the proxy'
    : direct
      ? `the runner asked ${direct.to} for a job directly`
      : `the runner's requests for jobs arrive nowhere; it says: ${last?.fields?.['status'] ?? last?.line ?? 'nothing'}`;
  return { step: 'runner', works, says };
}

function ran(evidence: Evidence): TrialResult[] {
  const kind = evidence.mark(JOB)?.what;
  if (kind === undefined) return [];
  const works = jobEnd(evidence)?.state === 'success';
  const around = evidence.tripwire().filter(({ seq }) => seq > since(evidence));
  const asked = evidence.proxy().find(({ target }) => /\bdocker:237[56]\b/.test(target));
  const git = around.find(({ detail, headers }) => isGit(detail, headers));
  const curl = around.find(({ headers }) => isCurl(headers));
  const said = evidence.of('job').find(({ what }) => what === 'finished')?.failureReason;
  const says = works
    ? 'a job succeeds'
    : git
      ? `a job's git asked ${git.to} directly`
      : curl
        ? `a job's curl asked ${curl.to} directly`
        : asked
          ? `a job's docker CLI asked the proxy for ${asked.target}`
          : `a job fails${said ? ` (${said})` : ''}`;
  const step = kind === 'push' && !git ? 'dind' : 'containers';
  return [{ step, works, says }];
}

/** Whether a job whose git has nothing but the hook got its sources; it comes after one that has the variables. */
function byHook(evidence: Evidence): TrialResult[] {
  const end = jobEnd(evidence, 1);
  if (!end) return [];
  const works = end.state === 'success';
  const says = works ? 'the hook gives git its proxy' : 'a job that hides http_proxy from git gets no sources';
  return [{ step: 'containers', works, says }];
}

/** Whether the docker CLI gives containers the proxy, as the two config.json of the page have it do. */
function asConfigured(evidence: Evidence): TrialResult[] {
  const own = probeResult(evidence, 'create', TRIAL);
  if (!own) return [];
  const inner = innerContainer(evidence);
  return [
    { step: 'dind', works: own.works, says: `${HOST_PROBES.create}: ${own.event.what}` },
    {
      step: 'dind',
      works: inner?.hasProxy ?? false,
      says: inner?.line ?? "the job's docker CLI made no container",
    },
  ];
}
