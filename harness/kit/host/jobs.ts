import type { Stage } from '../../conformance/authoring.ts';
import type { JobSpec } from '../../gitlab/spec.ts';
import type { Evidence } from '../../ledger/index.ts';
import type { World } from '../../world/world.ts';
import { traceLines } from '../job/trace.ts';
import { HOST_PROJECT } from './names.ts';

/** What a job that gets its sources prints when it has them. */
export const SOURCES_ARE_HERE = 'the sources are here';

/** A job that clones its project and asks GitLab by curl, which goes by http_proxy. */
export const hostCloneJob = (): JobSpec => ({
  repository: HOST_PROJECT,
  script: [
    `test -f Dockerfile && echo "${SOURCES_ARE_HERE}"`,
    'curl -sS --fail --user-agent curl -o /dev/null "$CI_REPOSITORY_URL/info/refs?service=git-upload-pack"',
  ],
});

/**
 * A job that clones its project and hides from git the variables that it would heed by itself: git reads the lower-case ones alone
 * for an http URL, so the hook alone gives it the proxy.
 */
export const hostHookJob = (): JobSpec => ({
  repository: HOST_PROJECT,
  variables: { http_proxy: '', https_proxy: '' },
  script: [`test -f Dockerfile && echo "${SOURCES_ARE_HERE}"`],
});

/** Before what the docker CLI of a job gives its containers. */
export const INNER_HAS = "containers of the job's docker CLI have ";

/** What a job says of the containers of its docker CLI, and whether they have the proxy. @param nth which job, counted from 0 by its end */
export function innerContainer(
  seen: Evidence,
  nth = 0,
): { readonly line: string; readonly hasProxy: boolean } | undefined {
  const line = traceLines(seen, nth).find((each) => each.startsWith(INNER_HAS));
  return line === undefined ? undefined : { line, hasProxy: /\bHTTP_PROXY=./.test(line) };
}

/** Where the job that builds an image pushes it. */
export const PUSHED = 'group/project';
/** The tag of the image that the job pushes. */
export const TAG = 'walked';

/** A job that clones its project, builds an image of it in a dind service, pushes that, and makes a container of it. */
export const hostPushJob = ({ docker, registry }: World): JobSpec => ({
  repository: HOST_PROJECT,
  services: [{ name: docker.image('dind'), alias: 'docker' }],
  variables: {
    DOCKER_HOST: 'tcp://docker:2375',
    DOCKER_TLS_CERTDIR: '',
    IMAGE: `${registry.address}/${PUSHED}:${TAG}`,
  },
  script: [
    `test -f Dockerfile && echo "${SOURCES_ARE_HERE}"`,
    'docker build --tag "$IMAGE" .',
    'docker push "$IMAGE"',
    `echo "${INNER_HAS}$(docker inspect --format '{{.Config.Env}}' "$(docker create "$IMAGE" none)")"`,
  ],
});

/** How long a job may take that pulls its images and starts a service, in milliseconds. */
const JOB_LIMIT_MS = 90_000;
/** So often a runner says that it cannot ask for jobs until it is believed. */
const ENOUGH_COMPLAINTS = 2;
/** How long until a runner asks for a job, in milliseconds; it has a second between two polls. */
const POLL_LIMIT_MS = 10_000;
/** How long until a runner notices that its configuration is another, in milliseconds: it looks every 3 s. */
const RELOAD_LIMIT_MS = 10_000;

/** The jobs that are over. */
export const finishedJobs = (seen: Evidence): number => seen.of('job').filter(({ what }) => what === 'finished').length;

/** Queues a job and waits for its end. */
export async function runHostJob({ world }: Pick<Stage, 'world'>, job: JobSpec): Promise<void> {
  const before = finishedJobs(world.evidence);
  world.gitlab.queue(job);
  await world.waitFor("the job's final state", (seen) => finishedJobs(seen) > before, JOB_LIMIT_MS);
}

/** How long nothing must be seen of a runner that has no way to GitLab yet, in milliseconds: it asks once a second. */
const QUIET_MS = 1_500;

/**
 * Waits until the runner asks GitLab for a job, wherever its request arrives. One without a way may ask no more: after
 * three refusals, such as those of the tripwire, it rests for an hour.
 * @param mark the moment from which on
 * @param due whether it should get through
 */
export async function waitForPoll({ world }: Pick<Stage, 'world'>, mark: string, due: boolean): Promise<void> {
  const asked = (seen: Evidence): boolean => {
    const since = seen.mark(mark)?.seq ?? 0;
    const complaints = seen.logs(/Checking for jobs\.\.\. (failed|forbidden)/).filter(({ seq }) => seq > since);
    return (
      arrivedPolls(seen, since).length > 0 ||
      directPolls(seen, since).length > 0 ||
      complaints.length > ENOUGH_COMPLAINTS
    );
  };
  await world.waitFor('a request for a job', asked, due ? POLL_LIMIT_MS : QUIET_MS);
}

/** Requests for a job that arrived at GitLab by the proxy. @param since a place in the record */
export const arrivedPolls = (seen: Evidence, since: number, until = Number.POSITIVE_INFINITY) =>
  seen.gitlab('job').filter(({ via, evidence: [seq = 0] }) => via === 'proxy' && seq > since && seq < until);

/** Requests for a job that went around the proxy. */
export const directPolls = (seen: Evidence, since: number, until = Number.POSITIVE_INFINITY) =>
  seen.tripwire().filter(({ detail, seq }) => /\/api\/v4\/jobs\/request/.test(detail) && seq > since && seq < until);

/** Waits until the runner has taken up a configuration that was written after a moment. */
export async function waitForReload({ world }: Pick<Stage, 'world'>, mark: string): Promise<void> {
  const loaded = (seen: Evidence): boolean => {
    const since = seen.mark(mark)?.seq ?? 0;
    return seen.logs(/Configuration loaded/).some(({ seq }) => seq > since);
  };
  await world.waitFor('the runner to take up its configuration', loaded, RELOAD_LIMIT_MS);
}
