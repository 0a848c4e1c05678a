import { dindOf, namesOf } from '../_dind.ts';
import { addingHost, goVariable, jobExcepts, jobsSeen, listPlace, runnerOfJob } from '../_jobs.ts';
import type { Cause } from '../cause.ts';
import { hostsIn, runnerExcepts } from './_replaced.ts';

/** Services that speak no HTTP on the port that is asked. */
const NO_HTTP =
  /(?:^|\/)(?:postgres|mysql|mariadb|redis|memcached|mongo|rabbitmq|kafka|zookeeper|openldap|mssql)\b[^/]*$/i;

export const serviceAliasMissingCause: Cause = {
  id: 'no-proxy/service-alias-missing',
  severity: 'error',
  title: 'A job asks the proxy for one of its own service containers, whose name only the job knows.',
  seen: 'A service with an alias, or a name made from its image, that the script or a variable asks by http, proxies for the jobs, and a NO_PROXY without that name. Databases and others that speak no HTTP need no entry.',
  fix: "Add the service's name to NO_PROXY.",
  symptoms: ['Unable to determine IP address from host name', '503 ERR_DNS_FAIL'],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      const dind = dindOf(job);
      const asked = hostsIn(
        [
          ...job.script.map(({ text }) => text),
          ...[...job.variables.values()].filter(({ name }) => !/_proxy$/i.test(name)).map(({ value }) => value),
        ].join('\n'),
      );
      for (const service of job.services) {
        if (service === dind?.service || NO_HTTP.test(service.name.replace(/[:@].*$/, ''))) continue;
        const names = namesOf(service);
        const target = asked.find(({ host }) => names.includes(host));
        if (!target) continue;
        const { host, port } = target;
        const proxy = goVariable(job, port === 443 ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? goVariable(job, 'HTTP_PROXY');
        const place = proxy && listPlace(job);
        if (!place || jobExcepts(job, host, port) || runnerExcepts(job, host, port)) continue;
        const edits = addingHost(picture, job, host);
        return [
          {
            file: place.file,
            line: place.line,
            at: place.name,
            says: `The job asks its service ${host} by http, jobs have a proxy, and NO_PROXY does not name ${host}: the proxy is asked for a name that it cannot know.`,
            remedy: { says: `Add ${host} to NO_PROXY, in both spellings.`, ...(edits.length > 0 ? { edits } : {}) },
            ...runnerOfJob(job, picture),
          },
        ];
      }
      return [];
    }),
};
