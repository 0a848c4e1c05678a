import type { Bundle } from '../bundle/bundle.ts';
import { hostCauses } from './causes.ts';
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
  /** The ids of what is wrong with that step, the gravest first. */
  readonly causes: readonly string[];
  /** What fails, what causes it, and what to do, as sentences. */
  readonly says: string;
}

/** Explains a failure by what was collected on the machine. */
export function explainHostFailure({ step, says }: HostFailure, bundle: Bundle): HostDiagnosis {
  const causes = hostCauses(step, bundle);
  const why = causes[0]?.says ?? 'The files of this step say nothing of why.';
  return { step, causes: causes.map(({ id }) => id), says: `“${PAGE_HEADINGS[step]}”: ${says}. ${why}` };
}
