import { findingsIn } from '../../diagnosis/diagnose.ts';
import { kept } from '../../diagnosis/kept.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { CasePlan } from './plan.ts';
import { isSpared, symptomsIn } from './symptom.ts';

/** A host that a proxy does not let through, and what it answers. */
export interface Denied {
  readonly host: string;
  readonly status: number;
}

/** How hosts are reached in the customer's network, as far as files and logs tell. */
export interface CustomerNetwork {
  /** Those that are reached without a proxy. */
  isOpen(host: string): boolean;
  /** Those that the proxy does not let through. */
  readonly denied: readonly Denied[];
}

/**
 * A host that some list of NO_PROXY has is meant to be reached directly. One for which the proxy answered with an error of its own is
 * reached directly, and the proxy does not let it through; one that somebody could not reach directly is behind the proxy.
 */
export const networkIn = kept((picture: Picture): CustomerNetwork => {
  const symptoms = symptomsIn(picture);
  const hostsOf = (kind: string): Set<string> =>
    new Set(symptoms.flatMap((each) => (each.kind === kind && each.host !== undefined ? [each.host] : [])));
  const direct = hostsOf('direct');
  const spared = new Set(symptoms.flatMap((each) => (isSpared(each) ? (each.host ?? []) : [])));
  const [gitlab] = picture.gitlabHosts;
  const refused = symptoms.flatMap(({ kind, host, status }) =>
    // Over http a 403 of the proxy's looks like GitLab's own, and names no host.
    kind === 'poll-forbidden' && gitlab !== undefined && hasProxy(picture)
      ? [{ host: gitlab, status: 403 }]
      : kind === 'answered' && host !== undefined && status !== undefined && DENIES.has(status)
        ? [{ host, status }]
        : [],
  );
  const denied = [...new Map(refused.map((each) => [each.host, each])).values()].filter(({ host }) =>
    picture.isInternal(host),
  );
  const clonesDirectly = hasCloned(picture);
  return {
    isOpen: (host) =>
      !direct.has(host) &&
      (spared.has(host) ||
        (clonesDirectly && host === gitlab) ||
        denied.some((each) => each.host === host) ||
        picture.excepts(picture.settings, host)),
    denied,
  };
});

/** Whether a job got its sources though nothing gives it a proxy: then GitLab is reached without one. */
const hasCloned = ({ runners, settings, lines }: Picture): boolean =>
  runners.length > 0 &&
  !settings.some(
    ({ scope, variable }) => scope.of !== 'service' && /PROXY$/.test(variable) && variable !== 'NO_PROXY',
  ) &&
  lines.some(({ of, text }) => of === 'job' && text.startsWith('Checking out '));

/**
 * The same with what is set: a proxy that lets some hosts through alone. One of the customer's own to which it does not lead is reached
 * without it.
 */
export function networkOf(
  picture: Picture,
  { allows, gitlab, registries }: Pick<CasePlan, 'allows' | 'gitlab' | 'registries'>,
): CustomerNetwork {
  const seen = networkIn(picture);
  if (!allows) return seen;
  const hosts = [...new Set([gitlab, ...registries].map(({ host }) => host))];
  const denied = hosts
    .filter((host) => !allows.some((each) => isLike(host, each)))
    .map((host) => seen.denied.find((each) => each.host === host) ?? { host, status: 403 });
  const isDenied = (host: string): boolean => denied.some((each) => each.host === host);
  return { denied, isOpen: (host) => seen.isOpen(host) || (isDenied(host) && picture.isInternal(host)) };
}

const isLike = (host: string, pattern: string): boolean =>
  pattern === '*' || host === pattern || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));

/**
 * Whether the runner asks a proxy for a GitLab of plain http, so that the proxy may be who forbids: not one whose unit gives it none,
 * for whatever reason, since then it is whoever it meets without the proxy.
 */
const hasProxy = (picture: Picture): boolean =>
  picture.settings.some(
    ({ scope, variable, effective }) =>
      effective && scope.of === 'service' && scope.unit === 'gitlab-runner' && variable === 'HTTP_PROXY',
  ) &&
  !findingsIn(picture).some(
    ({ cause, file, says }) => cause.startsWith('systemd/') && /gitlab-runner/.test(`${file} ${says}`),
  );

/** Statuses by which a proxy says that it does not lead there: its rules, and that it knows no such host. */
const DENIES = new Set([403, 404, 500, 502, 503, 504]);
