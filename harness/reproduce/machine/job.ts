import type { JobSpec } from '../../gitlab/spec.ts';
import { INNER_HAS } from '../../kit/host/jobs.ts';
import { joinHostPort } from '../../url/index.ts';
import type { PlannedJob } from '../plan/plan.ts';
import { ENGINE_CERTIFICATES } from './trust.ts';

/** A docker CLI that knows of no proxy. */
const IGNORING = 'docker() (unset HTTP_PROXY HTTPS_PROXY http_proxy https_proxy; command docker "$@")';

/** The project whose job is run. */
export const PROJECT = 'group/project';
/** What a job prints when it has its sources. */
export const SOURCES = 'the sources are here';
/** What a job prints that has done all it should. */
export const DONE = 'everything was done';

const CURL =
  'curl --silent --show-error --fail --output /dev/null "$CI_REPOSITORY_URL/info/refs?service=git-upload-pack"';

/**
 * The job of a plan.
 * @param push where an image is pushed, with its registry and tag
 */
export function jobOf({ kind, image, services, variables, remote, ignoresProxy }: PlannedJob, push: string): JobSpec {
  return {
    repository: PROJECT,
    ...(image === undefined ? {} : { image }),
    variables: {
      ...(kind === 'push' ? { DOCKER_HOST: 'tcp://docker:2375', DOCKER_TLS_CERTDIR: '' } : {}),
      ...variables,
      ...(remote
        ? { DOCKER_HOST: `tcp://${joinHostPort(remote.host, remote.port)}`, DOCKER_CERT_PATH: ENGINE_CERTIFICATES }
        : {}),
      IMAGE: push,
    },
    ...(services.length > 0 ? { services } : {}),
    script: [
      ...(ignoresProxy ? [IGNORING] : []),
      `test -f Dockerfile && echo "${SOURCES}"`,
      ...(remote ? ['docker version'] : []),
      // A job that builds goes out by its daemon.
      ...(kind === 'push' ? [] : [CURL]),
      ...(kind === 'push'
        ? [
            'docker build --tag "$IMAGE" .',
            'docker push "$IMAGE"',
            `echo "${INNER_HAS}$(docker inspect --format '{{.Config.Env}}' "$(docker create "$IMAGE" none)")"`,
          ]
        : []),
      `echo "${DONE}"`,
    ],
  };
}
