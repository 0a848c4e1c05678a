import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { CasePlan } from '../plan/plan.ts';
import { type Candidate, changing } from './candidate.ts';

/** What others than the machine's owner change: the proxy's administrators, and GitLab's. */
export function elsewhereCandidates({ elsewhere: { silentFor = [], limits } }: CasePlan): readonly Candidate[] {
  return [
    ...silentFor.map(
      (host): Candidate => ({
        cause: 'elsewhere/proxy-is-silent',
        says: `What asks for ${host} does ask the proxy, and the proxy never answers.`,
        remedy: `Have ${host} allowed by the proxy's administrators.`,
        ...changing({}),
        beyond: { what: 'allowed', host },
      }),
    ),
    ...(limits
      ? [
          {
            cause: 'elsewhere/limit',
            says: 'GitLab limits how often all that come from the address of the proxy may ask.',
            remedy: "Have GitLab's limit raised for the proxy's address.",
            ...changing({}),
            beyond: { what: 'limit-raised' } as const,
          },
        ]
      : []),
  ];
}

/** Another runner in the place of the customer's, where there is one at hand. */
export function upgradeCandidate(
  { cause, says, file, line }: FoundCause,
  _picture: Picture,
  { upgrade }: CasePlan,
): Candidate | undefined {
  if (upgrade === undefined) return undefined;
  return {
    cause,
    says,
    remedy: `Upgrade the runner; here ${upgrade} took its place.`,
    file,
    ...(line === undefined ? {} : { line }),
    ...changing({}),
    beyond: { what: 'upgrade' },
  };
}
