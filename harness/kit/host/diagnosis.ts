import { check, evidenceOf, type Finding } from '../../conformance/authoring.ts';
import { collected } from '../../diagnosis/host/collection.ts';
import { explainHostFailure, type HostDiagnosis } from '../../diagnosis/host/explain.ts';
import { PAGE_HEADINGS, type PageStep } from '../../diagnosis/host/page.ts';
import type { Evidence } from '../../ledger/index.ts';
import { trialResults } from './trial.ts';

/**
 * Finds the step that went wrong by what was tried out and what is on the machine.
 * @returns undefined when everything works
 */
export function diagnoseHost(evidence: Evidence): HostDiagnosis | undefined {
  const failure = trialResults(evidence).find(({ works }) => !works);
  return failure && explainHostFailure(failure, collected(evidence));
}

/**
 * That a machine on which one step went wrong is found not to work, and because of that step.
 * @param cause the id of what must be found wrong with it
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
      found?.causes.includes(cause) ?? false,
      `what is found wrong with it is ${cause}`,
      found ? seen : 'nothing fails',
      witnesses,
    ),
  ];
}

/** Marks that a diagnosis rests on. */
const TOLD_BY = /^(probe|collected):/;
