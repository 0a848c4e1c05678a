import { check, evidenceOf, type Finding } from '../../conformance/authoring.ts';
import { hostCauses } from '../../diagnosis/host/causes.ts';
import { examined } from '../../diagnosis/host/examination.ts';
import { PAGE_HEADINGS, type PageStep } from '../../diagnosis/host/page.ts';
import type { Evidence } from '../../ledger/index.ts';
import { trialResults } from './trial.ts';

/** Why a machine behind a proxy does not work. */
export interface Diagnosis {
  /** The step of the page where it went wrong. */
  readonly step: PageStep;
  /** What fails, what causes it, and what to do, as sentences. */
  readonly says: string;
}

/**
 * Finds the step that went wrong by what was tried out and what is on the machine.
 * @returns undefined when everything works
 */
export function diagnoseHost(evidence: Evidence): Diagnosis | undefined {
  const failure = trialResults(evidence).find(({ works }) => !works);
  if (!failure) return undefined;
  const { step } = failure;
  const [cause] = hostCauses[step](examined(evidence));
  const why = cause ? `${cause.says} ${cause.fix}` : 'The files of this step say nothing of why.';
  return { step, says: `“${PAGE_HEADINGS[step]}”: ${failure.says}. ${why}` };
}

/**
 * That a machine on which one step went wrong is found not to work, and because of that step.
 * @param cause what must be said of it, among others
 */
export function namesCause(evidence: Evidence, step: PageStep, cause: string): readonly Finding[] {
  const found = diagnoseHost(evidence);
  const seen = found?.says.replace(/\.$/, '') ?? 'everything works';
  const witnesses = {
    evidence: evidenceOf(...evidence.of('act').filter(({ mark }) => mark !== undefined && TOLD_BY.test(mark))),
  };
  return [
    check(found?.step === step, `what fails is “${PAGE_HEADINGS[step]}”`, seen, witnesses),
    check(
      found?.says.includes(cause) ?? false,
      `the finding says “${cause}”`,
      found ? seen : 'nothing fails',
      witnesses,
    ),
  ];
}

/** Marks that a diagnosis rests on. */
const TOLD_BY = /^(probe|examined):/;
