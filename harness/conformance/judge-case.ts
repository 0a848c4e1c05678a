import { type EventOf, Evidence } from '../ledger/index.ts';
import type { Case } from './cases.ts';
import type { Finding } from './finding.ts';
import { brokenInvariants } from './invariants/index.ts';
import type { Judged } from './judged.ts';
import { withLastWords } from './last-words.ts';
import { unlessLate } from './unless-late.ts';
import { verdict } from './verdict.ts';

/**
 * Judges the ledger of a case. Pure, and the ledger is all it needs: a run and a recheck say the same.
 * @param evidence everything that was recorded of the case
 */
export function judgeCase(each: Case, evidence: Evidence): Judged {
  const closed = evidence.of('case-closed')[0];
  const after = evidence.of('broken').filter(({ seq }) => closed !== undefined && seq > closed.seq);
  if (after[0]) return brokenBy(evidence.of('broken'));
  if (closed) return judgeSoFar(each, before(evidence, closed.seq));
  return harnessError(
    'The ledger of this case has no end: the run was killed, the file was cut, or an earlier version wrote it. Run the case again.',
    evidence.events.at(-1)?.seq,
  );
}

/** What a case comes to before its world is down; a teardown that fails may change it yet. */
export function judgeSoFar(each: Case, evidence: Evidence): Judged {
  const broken = evidence.of('broken');
  if (broken.length > 0) return brokenBy(broken);
  const end = evidence.of('case-end')[0];
  if (!end) {
    return harnessError(
      'The ledger of this case has events missing: it was closed without an end. The file was changed; run the case again.',
      evidence.events.at(-1)?.seq,
    );
  }
  return judgeRecord(each, before(evidence, end.seq));
}

/** Judges what was recorded until the scenario's part was over. */
function judgeRecord(each: Case, evidence: Evidence): Judged {
  let findings: readonly Finding[];
  try {
    findings = each.scenario.judge(evidence, { axes: each.axes, profile: each.profile });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return harnessError(
      `The judge of ${each.scenario.id} broke: ${why}. This is a fault of the scenario, not of the subject.`,
    );
  }
  const gaveUp = evidence.of('gave-up')[0];
  // A judge that found a failure has said it better; a judge that is content must not hide a wait that came to nothing.
  if (gaveUp && !findings.some((each) => each.verdict === 'fails' || each.verdict === 'blocked')) {
    findings = [...findings, findingOf(gaveUp)];
  }
  const invariants = invariantsOf(each, evidence);
  // A judge that looked at the same need not say it twice.
  const said = new Set(invariants.map(({ expected }) => expected));
  findings = [...findings.filter(({ verdict, expected }) => verdict !== 'fails' || !said.has(expected)), ...invariants];
  findings = withLastWords(findings, evidence);
  const { outcome, reason } = verdict(findings, each.level);
  const seqs = new Set(findings.flatMap((finding) => finding.evidence));
  return unlessLate({ outcome, reason, findings, evidence: [...seqs].sort((a, b) => a - b) }, evidence);
}

function invariantsOf({ scenario, axes, profile }: Case, evidence: Evidence): readonly Finding[] {
  const context = { axes, profile };
  return brokenInvariants(evidence, scenario.world(context).proxy !== undefined, scenario.allows?.(context) ?? {});
}

const findingOf = ({ awaited, says, seq }: EventOf<'gave-up'>): Finding => ({
  verdict: 'fails',
  expected: awaited,
  observed: says,
  evidence: [seq],
});

const brokenBy = (broken: readonly EventOf<'broken'>[]): Judged =>
  harnessError(broken.map(({ why }) => sentence(why)).join(' Besides: '), broken[0]?.seq);

/** The evidence up to and with an event. */
function before(evidence: Evidence, seq: number): Evidence {
  const { events } = evidence;
  const upTo = events.findIndex((event) => event.seq === seq) + 1;
  return upTo === events.length ? evidence : new Evidence(events.slice(0, upTo));
}

const harnessError = (reason: string, seq?: number): Judged => ({
  outcome: 'error',
  reason,
  findings: [],
  evidence: seq === undefined ? [] : [seq],
});

const sentence = (text: string): string => text.replace(/[.\s]*$/, '.');
