import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { CasePlan } from '../plan/plan.ts';
import type { Candidate } from './candidate.ts';
import { keyInRunner } from './runner-line.ts';

/** Variables by which programs are told of an authority: of Node.js, Python's requests, OpenSSL and Go, and curl. */
const VARIABLES = ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE'];
/** The runner writes the CA that it knows GitLab by into every job. */
const LINE = `pre_build_script = ${JSON.stringify(`export ${VARIABLES.map((name) => `${name}="$CI_SERVER_TLS_CA_FILE"`).join(' ')}`)}`;

/** The CA of a proxy that opens TLS for the programs of a job's script, by the variables that they read. */
export function jobToolsCandidate(
  { cause, says }: FoundCause,
  picture: Picture,
  plan: CasePlan,
): Candidate | undefined {
  const change = keyInRunner(picture, plan, LINE);
  return (
    change && {
      cause,
      says,
      remedy: `Give programs of jobs the CA by their variables: ${VARIABLES.join(', ')}. CI_SERVER_TLS_CA_FILE is the runner's own file of it.`,
      ...change,
    }
  );
}
