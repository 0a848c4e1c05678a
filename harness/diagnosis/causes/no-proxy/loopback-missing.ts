import type { ScriptLine } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { addingHost, type JobSeen, jobExceptsWord, jobProxy, jobsSeen, listPlace, runnerOfJob } from '../_jobs.ts';
import type { Cause } from '../cause.ts';

/** Tools that ask the proxy for the machine they run on. */
const CALL = /\b(curl|wget|http|python3?|node|npx?|newman|wait-on)\b[^|;&]*?\b(https?):\/\/(localhost|127\.0\.0\.1)\b/;
/** In another container, or with the proxy switched off for the command. */
const ELSEWHERE = /\bdocker\s+(?:run|exec|compose|build)\b|--noproxy|--no-proxy|\bno_proxy=|\bunset\b/i;

export const loopbackMissingCause: Cause = {
  id: 'no-proxy/loopback-missing',
  severity: 'warning',
  title: 'A job asks the proxy for localhost.',
  seen: 'A script asks http://localhost or http://127.0.0.1 with curl, wget, Python or Node, jobs have a proxy, and NO_PROXY does not have the name as it is used. Go and Ruby never ask a proxy for it.',
  fix: 'Add localhost,127.0.0.1 to NO_PROXY.',
  symptoms: ['localhost is asked for through the proxy', '403 or 503 for http://localhost'],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      for (const line of calls(job, picture)) {
        const [, tool = '', scheme = '', host = ''] = ELSEWHERE.test(line.text) ? [] : (CALL.exec(line.text) ?? []);
        if (host === '' || !usesProxy(job, tool, scheme) || jobExceptsWord(job, host)) continue;
        const place = listPlace(job) ?? line;
        const edits = addingHost(picture, job, 'localhost,127.0.0.1');
        return [
          {
            file: place.file,
            line: place.line,
            says: `${tool} in line ${line.line} asks for ${host}, which NO_PROXY does not have: it sends the request to the proxy, whose own ${host} is another one.`,
            remedy: {
              says: 'Add localhost,127.0.0.1 to NO_PROXY, in both spellings.',
              ...(edits.length > 0 ? { edits } : {}),
            },
            ...runnerOfJob(job, picture),
          },
        ];
      }
      return [];
    }),
};

/** The script, or what a trace shows of it. */
const calls = ({ script }: JobSeen, picture: Picture): readonly ScriptLine[] =>
  script.length > 0 ? script : picture.lines.filter(({ of, text }) => of === 'job' && /^\s*\$ /.test(text));

/** curl and wget read http_proxy in lower case alone. */
const usesProxy = (job: JobSeen, tool: string, scheme: string): boolean =>
  scheme === 'http' && /^(?:curl|wget)$/.test(tool)
    ? Boolean(job.variables.get('http_proxy')?.value)
    : jobProxy(job) !== undefined;
