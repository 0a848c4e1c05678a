import { dindOf } from '../_dind.ts';
import { jobsSeen, runnerOfJob } from '../_jobs.ts';
import { lineOf } from '../_values.ts';
import type { Cause } from '../cause.ts';

/** Images of Docker before 18.09 know nothing of DOCKER_TLS_CERTDIR. */
const OLD = /:(?:1[0-7]|18\.0[0-6])\b/;

export const tlsPortMismatchCause: Cause = {
  id: 'dind/tls-port-mismatch',
  severity: 'error',
  title: 'DOCKER_HOST names the port on which the dind daemon does not listen.',
  seen: 'DOCKER_TLS_CERTDIR names a directory and DOCKER_HOST the port 2375, or it is empty and DOCKER_HOST names 2376. Where one of the two is set nowhere, nothing is said. It is no matter of proxies.',
  fix: '2376 with /certs/client shared, or 2375 with DOCKER_TLS_CERTDIR: "".',
  symptoms: ['Cannot connect to the Docker daemon at tcp://docker:2375'],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      const dind = dindOf(job);
      const { hostPlace, service, port } = dind ?? {};
      const directory =
        service?.environment.find(({ name }) => name === 'DOCKER_TLS_CERTDIR') ??
        job.variables.get('DOCKER_TLS_CERTDIR');
      if (
        !service ||
        !hostPlace ||
        !directory ||
        OLD.test(service.name) ||
        service.command.some((each) => /--tls|--host|-H\b/.test(each))
      )
        return [];
      const withTls = directory.value.trim() !== '';
      if ((withTls && port !== 2375) || (!withTls && port !== 2376)) return [];
      const right = withTls ? 2376 : 2375;
      const { file, line } = hostPlace;
      const written = lineOf(picture, file, line);
      return [
        {
          file,
          line,
          at: String(port),
          says: withTls
            ? `DOCKER_TLS_CERTDIR (line ${directory.line}) has the daemon listen on 2376 with TLS, and DOCKER_HOST names 2375, where nobody listens.`
            : `DOCKER_TLS_CERTDIR (line ${directory.line}) is empty, so the daemon listens on 2375 without TLS, and DOCKER_HOST names 2376, where nobody listens.`,
          remedy: {
            says: withTls
              ? 'Write 2376, and share /certs/client by a volume.'
              : 'Write 2375, or name a directory in DOCKER_TLS_CERTDIR.',
            ...(written?.includes(`:${port}`)
              ? { edits: [{ file, line, to: written.replace(`:${port}`, `:${right}`) }] }
              : {}),
          },
          ...runnerOfJob(job, picture),
        },
      ];
    }),
};
