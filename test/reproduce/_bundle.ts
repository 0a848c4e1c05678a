import { type Bundle, type Diagnosis, diagnose } from '../../harness/diagnosis/index.ts';
import type { Trial } from '../../harness/reproduce/index.ts';

/** A bundle of made-up files, by their names. */
export const bundle = (files: Readonly<Record<string, string>>): Bundle => ({
  files: Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  unread: [],
});

export const pictureOf = (files: Readonly<Record<string, string>>): Diagnosis['picture'] =>
  diagnose(bundle(files)).picture;

export const DROP_IN = 'etc/systemd/system/docker.service.d/http-proxy.conf';

export const CONFIG = `concurrent = 1
[[runners]]
  name = "ci"
  url = "https://gitlab.corp.example/"
  token = "glrt-secret"
  executor = "docker"
  environment = ["HTTP_PROXY=http://proxy.corp.example:8080", "HTTPS_PROXY=http://proxy.corp.example:8080", "http_proxy=http://proxy.corp.example:8080", "https_proxy=http://proxy.corp.example:8080"]
  [runners.docker]
    image = "registry.corp.example:5000/tools/alpine:3.20"
    volumes = ["/cache"]
  [runners.cache]
    Type = "s3"
`;

/** A trial that fails at a step. */
export function failedTrial(
  step: 'services' | 'gateway' | 'pull' | 'poll' | 'job',
  failure: NonNullable<Trial['failed']>['failure'],
): Trial {
  const failed = { step, says: 'it fails', failure, span: [0, 1] as const };
  return { steps: [failed], failed };
}
