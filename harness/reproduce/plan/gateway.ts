import type { Who } from '../../diagnosis/failures/failure.ts';
import { issuersOf } from '../../diagnosis/issuers/issuers.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { joinHostPort } from '../../url/index.ts';
import type { CasePlan, Distrusting, Endpoint } from './plan.ts';
import { symptomsIn } from './symptom.ts';

/** Stands in a file for the PEM of the gateway's CA, which only the world has. */
export const GATEWAY_CA = '«the CA of the proxy that opens TLS, as PEM»\n';

const OF_WHO: Partial<Readonly<Record<Who, Distrusting>>> = {
  runner: 'runner',
  daemon: 'daemon',
  git: 'helper',
  helper: 'helper',
  tool: 'job',
};

/** Who rejects certificates by the logs: then the proxy opens TLS, and all others know its CA. */
export const distrustingIn = (picture: Picture): Distrusting | undefined =>
  symptomsIn(picture).flatMap(({ kind, who }) => (kind === 'untrusted' ? (OF_WHO[who] ?? []) : []))[0];

/** The same as half a sentence. */
const NAMES: Readonly<Record<Distrusting, string>> = {
  runner: 'the runner',
  daemon: "the host's dockerd",
  helper: 'the helper',
  job: "the programs of the job's script",
};

/** Whether the proxy opens TLS, how that is known, and who does not trust its CA. */
export interface Interception {
  readonly intercepts: boolean;
  readonly distrusting?: Distrusting;
  /** As a sentence. */
  readonly says?: string;
}

/**
 * Whether the proxy opens TLS: where a service rejects certificates, where a certificate is a gateway's by its issuer, where squid.conf has
 * it so, or as it was set.
 */
export function interceptionIn(picture: Picture, set: boolean | undefined): Interception {
  if (set === false) return { intercepts: false };
  const distrusting = distrustingIn(picture);
  if (distrusting)
    return {
      intercepts: true,
      distrusting,
      says: `The proxy opens TLS. All but ${NAMES[distrusting]} trust its CA: there a certificate was rejected.`,
    };
  const signer = issuersOf(picture).find(({ kind }) => kind === 'gateway');
  const bump = picture
    .all('squid-conf')
    .flatMap(({ directives }) => directives)
    .find(({ key, value }) => key === 'ssl_bump' && /^(?:bump|server-first|client-first|allow)\b/.test(value));
  const trusted = 'the machine trusts its CA.';
  if (set) return { intercepts: true, says: `The proxy opens TLS; ${trusted}` };
  if (signer)
    return {
      intercepts: true,
      says: `The proxy opens TLS, as “${signer.issuer}” signed a certificate (${signer.file}:${signer.line}); ${trusted}`,
    };
  if (bump) return { intercepts: true, says: `The proxy opens TLS (${bump.file}:${bump.line}); ${trusted}` };
  return { intercepts: false };
}

/** What update-ca-certificates puts into a machine's store. */
export const LOCAL_CERTIFICATES = '/usr/local/share/ca-certificates';

/** Docker Hub: for it dockerd reads no certs.d (lookupV2Endpoints of moby/registry/service_v2.go). */
const OF_HUB = /(?:^|\.)docker\.(?:io|com)$/;

/** Where a service looks for the authorities of a host: in a place of its own, or, where it has none for that host, in the machine's store. */
export function placesOfCa(
  who: Distrusting,
  { gitlab, registries }: Pick<CasePlan, 'gitlab' | 'registries'>,
): readonly string[] {
  if (who === 'runner' || who === 'helper') return [`/etc/gitlab-runner/certs/${gitlab.host}.crt`];
  if (registries.some(({ host }) => OF_HUB.test(host))) return [`${LOCAL_CERTIFICATES}/proxy.crt`];
  return registries.map((each) => `/etc/docker/certs.d/${nameOf(each)}/ca.crt`);
}

/** As it stands before an image's name. */
const nameOf = ({ host, port }: Endpoint): string => (port === 443 ? host : joinHostPort(host, port));
