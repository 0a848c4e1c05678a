import type { ScriptLine } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { dindOf } from '../_dind.ts';
import { type JobSeen, jobsSeen, proxiesAreInGitlab, runnerOfJob } from '../_jobs.ts';
import { printedBy, wentDirect } from '../_log-errors.ts';
import type { Cause } from '../cause.ts';

const EXPORTS = /(?:^|[\s;&])export\s+(?:\w+=\S+\s+)*https?_proxy=["']?[^\s"']/i;
const DAEMON = /\bdocker\s+(?:image\s+)?(?:pull|build|buildx\s+build|run|push|compose)\b|\bdocker-compose\b/;

export const serviceWithoutProxyCause: Cause = {
  id: 'dind/service-without-proxy',
  severity: 'error',
  title: 'The script exports the proxy, and the dind service, a container of its own, has none.',
  seen: 'export HTTPS_PROXY in before_script, script or pre_build_script of a job whose dind service pulls or pushes images, and no such variable of the job, the runner or the service.',
  fix: 'Set them as variables, not by export.',
  symptoms: ['docker pull fails although curl works in the same job.'],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      const dind = dindOf(job);
      const exported = dind && !dind.proxied ? exportOf(job) : undefined;
      if (!exported || proxiesAreInGitlab(picture) || !usesDaemon(job, picture)) return [];
      return [
        {
          file: exported.file,
          line: exported.line,
          at: 'export',
          says: `export reaches the job's own shell alone: the dind service was started before, in a container of its own, and its daemon pulls and pushes without a proxy.`,
          remedy: {
            says: "Set the proxies under variables: of the job, or in the runner's environment; services get those.",
          },
          ...runnerOfJob(job, picture),
        },
      ];
    }),
};

const exportOf = ({ script, runner }: JobSeen): ScriptLine | undefined =>
  [
    ...script,
    ...(runner?.hooks ?? []).flatMap(({ key, script: text, file, line }) =>
      key === 'pre_build_script' ? [{ file, line, text }] : [],
    ),
  ].find(({ text }) => EXPORTS.test(text));

/** By its script, or by what the daemon says in a log. */
const usesDaemon = ({ script }: JobSeen, { lines }: Picture): boolean =>
  script.some(({ text }) => DAEMON.test(text)) ||
  printedBy(lines, DAEMON).some(({ text }) => /Error response from daemon/.test(text) && wentDirect(text));
