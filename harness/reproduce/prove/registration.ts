import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { CasePlan } from '../plan/plan.ts';
import { proxyUrlOf } from '../plan/proxy-url.ts';
import { type Candidate, changing } from './candidate.ts';

/** The registration once more, in a shell that has the proxy's variables; by sudo, that keeps them. */
export function registrationCandidate(
  { cause, says, file, line }: FoundCause,
  _picture: Picture,
  plan: CasePlan,
): Candidate | undefined {
  const { registers } = plan;
  if (!registers) return undefined;
  const url = proxyUrlOf(plan);
  const has = Object.keys(registers.variables).some((name) => /^https?_proxy$/i.test(name));
  const variables = has ? registers.variables : { HTTP_PROXY: url, HTTPS_PROXY: url };
  return {
    cause,
    says,
    remedy: has
      ? 'Have sudo keep the variables that the shell has: sudo -E gitlab-runner register.'
      : `In that shell, export HTTP_PROXY=${url} HTTPS_PROXY=${url} first, and then sudo -E gitlab-runner register.`,
    file,
    ...(line === undefined ? {} : { line }),
    ...changing({}),
    beyond: { what: 'registration', registers: { ...registers, variables, sudo: 'sudo -E' } },
  };
}
