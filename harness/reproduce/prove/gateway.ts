import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { distrustingIn, GATEWAY_CA, placesOfCa } from '../plan/gateway.ts';
import type { CasePlan } from '../plan/plan.ts';
import { type Candidate, changing } from './candidate.ts';

/** The CA of a proxy that opens TLS, where the service that rejects it looks for it. */
export function gatewayCandidate({ cause, says }: FoundCause, picture: Picture, plan: CasePlan): Candidate | undefined {
  const who = distrustingIn(picture);
  if (!who || who === 'job') return undefined;
  const places = placesOfCa(who, plan);
  return {
    cause,
    says,
    remedy: `Write the CA of the proxy to ${places.join(', ')}.`,
    ...changing({ adds: new Map(places.map((path) => [path, GATEWAY_CA])) }),
  };
}
