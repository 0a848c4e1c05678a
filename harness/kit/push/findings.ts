import { check, counted, type Finding } from '../../conformance/authoring.ts';
import { type Evidence, type Exchange, headerOf } from '../../ledger/index.ts';
import { jobEnd } from '../job/job-end.ts';
import { traceLines } from '../job/trace.ts';
import { isSuccess } from '../through-proxy/exchange.ts';
import { PUSH_SAYS } from './script.ts';

const MIB = 1024 * 1024;

const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;

/** Requests by which something is stored. */
export const registryWrites = (evidence: Evidence): readonly Exchange[] =>
  evidence.requests('registry').filter(({ method }) => method !== 'GET' && method !== 'HEAD');

/** That the registry took every layer and a manifest for each tag. */
export function isPushed(evidence: Evidence, sizes: readonly number[], tags: readonly string[]): Finding {
  const taken = registryWrites(evidence).filter(isSuccess);
  const bytes = taken
    .filter(({ method, body }) => method === 'PATCH' && body?.complete)
    .reduce((sum, { body }) => sum + (body?.bytes ?? 0), 0);
  const wanted = sizes.reduce((sum, size) => sum + size, 0);
  const manifests = tags.flatMap(
    (tag) => taken.find(({ method, target }) => method === 'PUT' && target.endsWith(`/manifests/${tag}`)) ?? [],
  );
  return check(
    bytes >= wanted && manifests.length === tags.length,
    `layers of ${inMib(wanted)} and ${counted(tags.length, 'manifests')} are pushed`,
    `the registry took ${inMib(bytes)} of blobs and ${counted(manifests.length, 'manifests')}`,
    ...manifests,
    jobEnd(evidence),
  );
}

/** That the layers came back from the registry, whole. */
export function isPulled(evidence: Evidence, sizes: readonly number[]): Finding {
  const wanted = sizes.reduce((sum, size) => sum + size, 0);
  const given = evidence
    .requests('registry')
    .filter((each) => each.method === 'GET' && /\/blobs\//.test(each.target) && isSuccess(each));
  const bytes = given.reduce((sum, { responseBody }) => sum + (responseBody?.complete ? responseBody.bytes : 0), 0);
  const other = traceLines(evidence).includes(PUSH_SAYS.other);
  return check(
    bytes >= wanted && !other,
    'the image comes back as it was',
    other
      ? `it came back as another one`
      : `${inMib(bytes)} of ${inMib(wanted)} came back, in ${counted(given.length, 'blobs')}`,
    ...given.slice(0, 3),
    jobEnd(evidence),
  );
}

/** That nothing is stored without a token of GitLab's, and that trying it before the login was of no use. */
export function pushNeedsLogin(evidence: Evidence): Finding {
  const all = registryWrites(evidence);
  const open = all.filter((each) => isSuccess(each) && headerOf(each.headers, 'authorization') === undefined);
  const first = all.findIndex(isSuccess);
  const refused = (first < 0 ? all : all.slice(0, first)).filter(({ status }) => status === 401 || status === 403);
  const without = traceLines(evidence).includes(PUSH_SAYS.anonymous);
  return check(
    open.length === 0 && !without && refused.length > 0,
    "only clients that logged in with the job's credentials push",
    without || open.length > 0
      ? `the registry took a push before there was a login; ${counted(open.length, 'requests')} without a token stored something`
      : refused.length === 0
        ? 'nobody tried to push before the login'
        : `before the login the registry refused ${counted(refused.length, 'requests')}, and took none without a token after it`,
    ...(open.length > 0 ? open : refused).slice(0, 3),
  );
}
