import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { CasePlan } from '../plan/plan.ts';
import type { Candidate } from './candidate.ts';
import { keyInRunner } from './runner-line.ts';

/** Has git send the proxy its password at once, by the hook before it gets sources. */
export function proxyAuthMethodCandidate(
  { cause, says }: FoundCause,
  picture: Picture,
  plan: CasePlan,
): Candidate | undefined {
  const change = keyInRunner(
    picture,
    plan,
    `${plan.hook} = ${JSON.stringify('git config --global http.proxyAuthMethod basic')}`,
  );
  return (
    change && {
      cause,
      says,
      remedy: `Set http.proxyAuthMethod to basic in ${plan.hook}, so that git sends the password at once.`,
      ...change,
    }
  );
}
