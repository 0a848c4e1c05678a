import { hostCauses } from './causes.ts';
import type { Examination } from './examination.ts';
import { PAGE_HEADINGS, type PageStep } from './page.ts';

/** What fails on a machine, and the step of the page that should have made it possible. */
export interface HostFailure {
  readonly step: PageStep;
  /** Half a sentence. */
  readonly says: string;
}

/** Why a machine behind a proxy does not work. */
export interface HostDiagnosis {
  /** The step of the page where it went wrong. */
  readonly step: PageStep;
  /** What fails, what causes it, and what to do, as sentences. */
  readonly says: string;
}

/** Explains a failure by what is on the machine. */
export function explainHostFailure({ step, says }: HostFailure, found: Examination): HostDiagnosis {
  const [cause] = hostCauses[step](found);
  const why = cause ? `${cause.says} ${cause.fix}` : 'The files of this step say nothing of why.';
  return { step, says: `“${PAGE_HEADINGS[step]}”: ${says}. ${why}` };
}
