import type { JobSpec } from '../../gitlab/spec.ts';
import { INNER_HAS } from '../../kit/host/jobs.ts';
import type { PlannedJob } from '../plan/plan.ts';

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
export function jobOf({ kind, image, services, variables }: PlannedJob, push: string): JobSpec {
  return {
    repository: PROJECT,
    ...(image === undefined ? {} : { image }),
    variables: {
      ...(kind === 'push' ? { DOCKER_HOST: 'tcp://docker:2375', DOCKER_TLS_CERTDIR: '' } : {}),
      ...variables,
      IMAGE: push,
    },
    ...(services.length > 0 ? { services } : {}),
    script: [
      `test -f Dockerfile && echo "${SOURCES}"`,
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
