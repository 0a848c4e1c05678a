import type { Axis, AxisValues } from '../conformance/authoring.ts';
import type { WrongCertificate } from '../gitlab/wrong-certificate.ts';

/** What is wrong with GitLab's certificate, as a sentence has it after “a GitLab whose certificate”. */
export const CERTIFICATE_SAYS: Readonly<Record<WrongCertificate, string>> = {
  'other-authority': 'another authority than the one that the runner was given signed',
  'other-name': 'is for another name',
  expired: 'is out of date',
};

/** What is wrong with GitLab's certificate; always in a case's id. A list of its own, since the kit loads no peer. */
export const certificateAxis = {
  values: ['other-authority', 'other-name', 'expired'],
} as const satisfies Axis & { readonly values: readonly WrongCertificate[] };

/** What is wrong with it in a case, by {@link certificateAxis}. */
export const certificateOf = ({ certificate }: AxisValues): WrongCertificate =>
  certificateAxis.values.find((each) => each === certificate) ?? 'other-authority';
