import {
  type AxisValues,
  behindProxy,
  check,
  configFor,
  counted,
  type Evidence,
  type Finding,
  type RunnerConfig,
  type Stage,
} from '../../harness/kit/index.ts';

/**
 * What there is to the object storage: nothing, a redirect of its own to another path, that NO_PROXY names it, or GitLab and not
 * it, or that it speaks TLS and there is no HTTPS_PROXY.
 */
export const STORAGE = {
  values: ['plain', 'moves', 'in-no-proxy', 'by-proxy-alone', 'over-tls'],
  default: 'plain',
} as const;
/** Whether there is nothing to the storage. */
export const isPlain = (axes: AxisValues): boolean => axes['storage'] === STORAGE.default;
/** Whether it redirects in its turn. */
export const isMoved = (axes: AxisValues): boolean => axes['storage'] === 'moves';
/** Whether it speaks TLS, and GitLab does not. */
export const isOverTls = (axes: AxisValues): boolean => axes['storage'] === 'over-tls';

/** Of a download and its redirect, which of the two is asked without the proxy, whose host that is, and why. */
const DIRECTLY = {
  'in-no-proxy': {
    direct: 'object-storage',
    byProxy: 'download',
    what: /^gitlab GET \/object-storage\//,
    host: 'storage.test',
    since: 'NO_PROXY names it',
  },
  'by-proxy-alone': {
    direct: 'download',
    byProxy: 'object-storage',
    what: /^gitlab \S+ \/(?!object-storage\/)/,
    host: 'gitlab.test',
    since: 'NO_PROXY names it',
  },
  'over-tls': {
    direct: 'object-storage',
    byProxy: 'download',
    what: /^gitlab GET \/object-storage\//,
    host: 'storage.test',
    since: 'its scheme is https, and there is no HTTPS_PROXY',
  },
} as const;
/** Which of the two is asked directly in a case, if one is. */
export const directlyOf = ({ storage = '' }: AxisValues) => DIRECTLY[storage as keyof typeof DIRECTLY];

/** That what has no proxy is asked directly. */
export function isDirect(
  evidence: Evidence,
  { direct, host, since }: NonNullable<ReturnType<typeof directlyOf>>,
): Finding {
  const arrived = evidence.gitlab(direct);
  const others = arrived.filter(({ via }) => via !== 'direct');
  return check(
    arrived.length > 0 && others.length === 0,
    `${direct} requests go to ${host} directly: ${since}`,
    `${arrived.length - others.length} of ${counted(arrived.length, 'requests')} went there directly`,
    ...(others.length > 0 ? others : arrived).slice(0, 3),
  );
}

/** The configuration of a runner whose proxy variables are such. */
export function configOf(stage: Stage): RunnerConfig {
  const apart = directlyOf(stage.axes);
  if (!isOverTls(stage.axes)) return behindProxy(stage, apart && { variable: 'NO_PROXY', value: apart.host });
  const { HTTPS_PROXY: _, ...env } = behindProxy(stage).env;
  return configFor(stage, { env });
}
