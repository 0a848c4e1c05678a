import { splitUrl } from '../../../url/index.ts';
import { allScript, jobExcepts, jobProxy, jobsSeen, runnerOfJob } from '../_jobs.ts';
import type { Cause } from '../cause.ts';

/** Images whose wget is busybox's. */
const IMAGE = /(?:^|\/)(?:alpine|busybox|docker)(?::|@|$)|alpine/;
const WGET = /(?:^|[\s;&|(])wget\s[^|;&]*?\b(https?:\/\/[^\s"'$|;&]+)/;

export const busyboxWgetCause: Cause = {
  id: 'job-tools/busybox-wget',
  severity: 'warning',
  title: "busybox's wget reads neither no_proxy nor https_proxy.",
  seen: 'wget in a job whose image is alpine, busybox or docker, with an https URL of an outside host, or an http URL of a host in NO_PROXY. Not where the script installs wget or uses curl.',
  fix: 'apk add wget, or curl.',
  symptoms: ['wget: bad address', "wget: can't connect to remote host"],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      const image = job.job?.image?.name ?? '';
      if (!IMAGE.test(image) || !jobProxy(job) || /apk\s.*\badd\b.*\bwget\b/.test(allScript(job))) return [];
      const line = job.script.find(({ text }) => {
        const url = WGET.exec(text)?.[1];
        if (url === undefined || /\bdocker\s+(?:run|exec)\b/.test(text)) return false;
        const { host, scheme, port } = splitUrl(url);
        const isListed = jobExcepts(job, host.toLowerCase(), Number(port ?? (scheme === 'https' ? 443 : 80)));
        return scheme === 'https'
          ? !isListed && !picture.isInternal(host)
          : isListed && Boolean(job.variables.get('http_proxy')?.value) && !/-Y\s*off|--no-proxy/.test(text);
      });
      if (!line) return [];
      return [
        {
          file: line.file,
          line: line.line,
          at: 'wget',
          says: `The wget of ${image} is busybox's, which reads neither https_proxy nor no_proxy: this request goes the wrong way.`,
          remedy: { says: 'Install the real one first (apk add --no-cache wget), or use curl.' },
          ...runnerOfJob(job, picture),
        },
      ];
    }),
};
