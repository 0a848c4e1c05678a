import type { Picture } from '../../diagnosis/picture/picture.ts';
import { joinHostPort } from '../../url/index.ts';
import type { CasePlan, Distrusting, Endpoint } from './plan.ts';
import { symptomsIn } from './symptom.ts';

/** Stands in a file for the PEM of the gateway's CA, which only the world has. */
export const GATEWAY_CA = '«the CA of the proxy that opens TLS, as PEM»\n';

/** The service that rejects certificates by the logs: then the proxy opens TLS, and all others know its CA. */
export function distrustingIn(picture: Picture): Distrusting | undefined {
  const found = symptomsIn(picture).find(
    ({ kind, who }) => kind === 'untrusted' && (who === 'runner' || who === 'daemon'),
  );
  return found?.who === 'runner' ? 'runner' : found ? 'daemon' : undefined;
}

/** Where a service looks for the authorities of a host, besides the machine's store. */
export function placesOfCa(
  who: Distrusting,
  { gitlab, registries }: Pick<CasePlan, 'gitlab' | 'registries'>,
): readonly string[] {
  if (who === 'runner') return [`/etc/gitlab-runner/certs/${gitlab.host}.crt`];
  return registries.map((each) => `/etc/docker/certs.d/${nameOf(each)}/ca.crt`);
}

/** As it stands before an image's name. */
const nameOf = ({ host, port }: Endpoint): string => (port === 443 ? host : joinHostPort(host, port));
