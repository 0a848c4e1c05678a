import type { Bundle } from '../bundle/bundle.ts';
import { type Diagnosis, diagnose } from '../diagnose.ts';
import { type FoundCause, isGrave } from '../found-cause.ts';
import { edited } from './edited.ts';
import { ofBefore } from './of-before.ts';

/** A bundle after its remedies. */
export interface Mended {
  readonly bundle: Bundle;
  /** What was said of it before. */
  readonly before: Diagnosis;
  /** What was wrong and is no more, in the order in which it was mended. */
  readonly mended: readonly FoundCause[];
  /** What is still said of the result: it has no remedy in these files, or none that is certain. */
  readonly left: Diagnosis;
  /** Of what is left that which only logs of before the change show; empty where nothing was mended. */
  readonly stale: readonly FoundCause[];
}

/** More rounds than any customer has mistakes. */
const MOST = 500;

/**
 * Carries out the remedies that are edits, one after the other, and checks after each that what it mends is gone and
 * nothing worse has come; a remedy that does not keep this is taken back.
 */
export function mend(original: Bundle): Mended {
  let bundle = original;
  const before = diagnose(bundle);
  let diagnosis = before;
  const mended: FoundCause[] = [];
  const vain = new Set<string>();
  for (let round = 0; round < MOST; round += 1) {
    const finding = diagnosis.findings.find((each) => isMendable(each) && !vain.has(keyOf(each)));
    if (!finding) break;
    const next = edited(bundle, finding.remedy.edits ?? []);
    const after = next && diagnose(next);
    if (next && after && helps(finding, diagnosis, after)) {
      mended.push(finding);
      [bundle, diagnosis] = [next, after];
    } else vain.add(keyOf(finding));
  }
  return { bundle, before, mended, left: diagnosis, stale: mended.length === 0 ? [] : ofBefore(diagnosis) };
}

const isMendable = (finding: FoundCause): boolean => isGrave(finding) && (finding.remedy.edits?.length ?? 0) > 0;

const keyOf = ({ cause, file, line, says }: FoundCause): string => `${cause} ${file} ${line} ${says}`;

/** Lines move when one is added or taken away, so causes are counted by file. */
function helps({ cause, file }: FoundCause, before: Diagnosis, after: Diagnosis): boolean {
  const count = ({ findings }: Diagnosis): number =>
    findings.filter((each) => each.cause === cause && each.file === file).length;
  const grave = ({ findings }: Diagnosis): number => findings.filter(({ severity }) => severity === 'error').length;
  return count(after) < count(before) && grave(after) <= grave(before) && after.unread.length <= before.unread.length;
}
