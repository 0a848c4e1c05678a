import type { JobSpec } from '../../gitlab/spec.ts';
import { INNER_HAS } from '../../kit/host/jobs.ts';
import { joinHostPort } from '../../url/index.ts';
import type { Distrusting, Endpoint, PlannedJob } from '../plan/plan.ts';
import { ENGINE_CERTIFICATES } from './trust.ts';

/** A docker CLI that knows of no proxy. */
const IGNORING = 'docker() (unset HTTP_PROXY HTTPS_PROXY http_proxy https_proxy; command docker "$@")';

/** The project whose job is run. */
export const PROJECT = 'group/project';
/** A submodule of it, and where it lies in it. */
export const LIBRARY = { project: 'group/library', path: 'library' } as const;
/** What a job prints when it has its sources. */
export const SOURCES = 'the sources are here';
/** What a job prints that has done all it should. */
export const DONE = 'everything was done';

/** How much an artifact holds that does not compress, in bytes. */
const ARTIFACT_BYTES = 300_000;
const ARTIFACT = 'artifact.bin';

/** A download by https; whatever the server itself answers is an answer. */
const download = ({ host, port }: Endpoint): string =>
  `curl --silent --show-error --max-time 20 --output /dev/null https://${joinHostPort(host, port)}/`;

const CURL =
  'curl --silent --show-error --fail --output /dev/null "$CI_REPOSITORY_URL/info/refs?service=git-upload-pack"';

/**
 * The job of a plan.
 * @param push where an image is pushed, with its registry and tag
 * @param distrusting who does not trust the CA of a proxy that opens TLS
 */
export function jobOf(job: PlannedJob, push: string, distrusting?: Distrusting): JobSpec {
  const { kind, image, services, variables, remote, ignoresProxy, downloads = [], uploads, submodules } = job;
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
    ...(uploads ? { artifacts: [ARTIFACT] } : {}),
    ...(submodules ? { submodules: 'recursive' as const } : {}),
    script: [
      ...(ignoresProxy ? [IGNORING] : []),
      // The helper alone does not trust the proxy's CA, and has the same store as the job.
      ...(distrusting === 'helper' ? [`export CURL_CA_BUNDLE=${ENGINE_CERTIFICATES}/ca.pem`] : []),
      `test -f Dockerfile && echo "${SOURCES}"`,
      ...(remote ? ['docker version'] : []),
      ...downloads.map(download),
      ...(uploads ? [`head -c ${ARTIFACT_BYTES} /dev/urandom >${ARTIFACT}`] : []),
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
