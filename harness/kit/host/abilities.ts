import { counted } from '../../conformance/authoring.ts';
import type { PageStep } from '../../diagnosis/host/page.ts';
import { type EventOf, type Evidence, type Exchange, type Header, headerOf } from '../../ledger/index.ts';
import { traceLines } from '../job/trace.ts';
import { isSuccess } from '../through-proxy/exchange.ts';
import { arrivedPolls, directPolls, INNER_HAS, innerContainer, SOURCES_ARE_HERE } from './jobs.ts';
import { LIMITED_MARK, momentMark, WALK_MOMENTS, type WalkMoment } from './moments.ts';
import { HOST_PROBES, type HostProbe, probeResult } from './probes.ts';

/** What a step of the page makes possible. */
export const HOST_ABILITIES = ['gateway', 'pull', 'poll', 'clone', 'hook', 'push', 'create', 'inner'] as const;
/** Something that a step of the page makes possible. */
export type HostAbility = (typeof HOST_ABILITIES)[number];

/** The step that makes each possible. */
export const MADE_POSSIBLE_BY: Readonly<Record<HostAbility, PageStep>> = {
  gateway: 'cntlm',
  pull: 'docker',
  poll: 'runner',
  clone: 'containers',
  hook: 'containers',
  push: 'dind',
  create: 'dind',
  inner: 'dind',
};

/** Whether an ability should be there at a moment. */
export const isDue = (ability: HostAbility, moment: WalkMoment): boolean =>
  WALK_MOMENTS.indexOf(moment) >= WALK_MOMENTS.indexOf(MADE_POSSIBLE_BY[ability]);

/** Whether something that was tried out at a moment should be possible and is not. @param only asks for that alone */
export const isMissing = (evidence: Evidence, moment: WalkMoment, only?: HostAbility): boolean =>
  sights(evidence, moment).some(
    ({ ability, possible }) => !possible && isDue(ability, moment) && (only === undefined || ability === only),
  );

/** What was seen of an ability at a moment. */
export interface Sight {
  readonly ability: HostAbility;
  readonly possible: boolean;
  /** Half a sentence. */
  readonly says: string;
  readonly witnesses: readonly (Exchange | EventOf<'tripwire' | 'act' | 'job'> | undefined)[];
}

/** Where a moment begins and ends in the record. */
function span(evidence: Evidence, moment: WalkMoment): readonly [from: number, until: number] | undefined {
  const from = evidence.mark(momentMark(moment))?.seq;
  if (from === undefined) return undefined;
  const next = WALK_MOMENTS[WALK_MOMENTS.indexOf(moment) + 1];
  const end = evidence.mark(next ? `begins:${next}` : LIMITED_MARK);
  return [from, end?.seq ?? Number.POSITIVE_INFINITY];
}

/** Everything that was tried out at a moment of the walk. */
export function sights(evidence: Evidence, moment: WalkMoment): readonly Sight[] {
  const found = span(evidence, moment);
  if (!found) return [];
  const [from, until] = found;
  const [job, second] = jobsWithin(evidence, from, until);
  const between = second && job ? job.seq : until;
  return [
    ...(['gateway', 'pull', 'create'] as const).flatMap((each) => tried(evidence, each, moment)),
    polled(evidence, from, until),
    ...(job ? [cloned(evidence, job.nth, from, between)] : []),
    ...(job && moment !== 'runner' ? [pushed(evidence, job.nth, from, between)] : []),
    ...(second ? [byHook(evidence, second.nth, between, until)] : []),
    ...(job && moment === 'dind' ? [inner(evidence, job.nth)] : []),
  ];
}

function tried(evidence: Evidence, what: HostProbe, moment: WalkMoment): Sight[] {
  const found = probeResult(evidence, what, moment);
  if (!found) return [];
  const { works, event } = found;
  return [{ ability: what, possible: works, says: `${HOST_PROBES[what]}: ${event.what}`, witnesses: [event] }];
}

function polled(evidence: Evidence, from: number, until: number): Sight {
  const arrived = arrivedPolls(evidence, from, until);
  const direct = directPolls(evidence, from, until);
  const by =
    arrived.length > 0 ? `${counted(arrived.length, 'job requests')} arrived at GitLab from the proxy` : undefined;
  const around = direct[0] && `the runner asked ${direct[0].to} for a job directly, which leads nowhere`;
  const says = [by, around].filter(Boolean).join(', and ') || 'no job request was seen';
  return {
    ability: 'poll',
    possible: arrived.length > 0 && direct.length === 0,
    says,
    witnesses: [arrived[0], direct[0]],
  };
}

/** The moment's jobs: the place of each among all jobs that are over, and where its end stands in the record. */
function jobsWithin(
  evidence: Evidence,
  from: number,
  until: number,
): readonly { readonly nth: number; readonly seq: number }[] {
  const over = evidence.of('job').filter(({ what }) => what === 'finished');
  return over.flatMap(({ seq }, nth) => (seq > from && seq < until ? [{ nth, seq }] : []));
}

/** Whether git asked, and not curl, which asks for the same at other times. */
export const isGit = (line: string, headers: readonly Header[] = []): boolean =>
  /\.git\//.test(line) && !isCurl(headers);
/** Whether curl asked. */
export const isCurl = (headers: readonly Header[] = []): boolean =>
  headerOf(headers, 'user-agent')?.startsWith('curl') ?? false;

function cloned(evidence: Evidence, job: number, from: number, until: number): Sight {
  const git = evidence
    .gitlab('git')
    .filter(({ target, headers, evidence: [seq = 0] }) => isGit(target, headers) && seq > from && seq < until);
  const direct = evidence
    .tripwire()
    .filter(({ detail, headers, seq }) => isGit(detail, headers) && seq > from && seq < until);
  const has = traceLines(evidence, job).some((line) => line === SOURCES_ARE_HERE);
  const possible = has && git.length > 0 && git.every(({ via }) => via === 'proxy') && direct.length === 0;
  const says = possible
    ? `the helper's git got the sources by the proxy, with ${counted(git.length, 'requests')}`
    : direct[0]
      ? `the helper's git asked ${direct[0].to} directly, which leads nowhere`
      : `the job has no sources${git.length > 0 ? ', though git asked for them' : ''}`;
  return { ability: 'clone', possible, says, witnesses: [...git.slice(0, 2), direct[0]] };
}

/** A clone for which git had nothing but the hook. */
function byHook(evidence: Evidence, job: number, from: number, until: number): Sight {
  const { possible, says, witnesses } = cloned(evidence, job, from, until);
  return {
    ability: 'hook',
    possible,
    says: possible ? says : `${says}: the hook of config.toml did not give git its proxy`,
    witnesses,
  };
}

/** Whether the docker CLI of the job gave a container the proxy, as a config.json in the job's own container has it do. */
function inner(evidence: Evidence, job: number): Sight {
  const found = innerContainer(evidence, job);
  const end = evidence.of('job').filter(({ what }) => what === 'finished')[job];
  const says = found ? `its environment is ${found.line.slice(INNER_HAS.length)}` : 'the job made no container';
  return { ability: 'inner', possible: found?.hasProxy ?? false, says, witnesses: [end] };
}

function pushed(evidence: Evidence, job: number, from: number, until: number): Sight {
  const end = evidence.of('job').filter(({ what }) => what === 'finished')[job];
  const manifests = evidence
    .requests('registry')
    .filter(
      (each) =>
        each.method === 'PUT' &&
        /\/manifests\//.test(each.target) &&
        (each.evidence[0] ?? 0) > from &&
        (each.evidence[0] ?? 0) < until,
    );
  const taken = manifests.filter((each) => isSuccess(each) && each.via === 'proxy');
  const possible = end?.state === 'success' && taken.length > 0;
  const last = traceLines(evidence, job).findLast(
    (line) => /docker|daemon|denied|proxy|error/i.test(line) && !/Job failed/.test(line),
  );
  const says = possible
    ? 'the job built an image, and the registry took it, from the proxy'
    : `the registry took no image; the job says: ${last ?? 'nothing of it'}`;
  return { ability: 'push', possible, says, witnesses: [end, ...manifests] };
}
