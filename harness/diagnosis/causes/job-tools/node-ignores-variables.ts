import { allScript, jobProxy, jobsSeen, runnerOfJob } from '../_jobs.ts';
import { wentDirect } from '../_log-errors.ts';
import type { Cause } from '../cause.ts';

/** What Node's fetch, http and got say; npm's own errors begin with `npm`. */
const FAILED =
  /fetch failed|UND_ERR_CONNECT_TIMEOUT|ConnectTimeoutError|RequestError: (?:connect|getaddrinfo)|Error: (?:connect|getaddrinfo) (?:ETIMEDOUT|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;
const TAKES_THEM =
  /NODE_USE_ENV_PROXY=["']?1|--use-env-proxy|global-agent|proxy-agent|ProxyAgent|GLOBAL_AGENT_HTTP_PROXY/;
const NODE = /(?:^|[\s;&|])(?:node|npx|npm (?:run|test|exec)|yarn|pnpm|tsx|ts-node)\b/;

export const nodeIgnoresVariablesCause: Cause = {
  id: 'job-tools/node-ignores-variables',
  severity: 'error',
  title: "Node's fetch, http and got do not read the proxy variables.",
  seen: "A script of Node's that fails to connect, in a job with proxies. npm itself takes the variables. Not with NODE_USE_ENV_PROXY=1 (Node 22.21 and 24) or a proxy agent.",
  fix: 'NODE_USE_ENV_PROXY: "1", or a proxy agent in the script.',
  symptoms: ['TypeError: fetch failed', 'ConnectTimeoutError', 'Error: connect ETIMEDOUT'],
  find: (picture) => {
    const failed = picture.lines.find(
      ({ of, text }) =>
        (of === 'job' || of === 'terminal') &&
        FAILED.test(text) &&
        !/^\s*npm (?:ERR!|error)/.test(text) &&
        (wentDirect(text) || !/ECONNREFUSED/.test(text)) &&
        !/127\.0\.0\.1|::1|localhost/.test(text),
    );
    if (!failed) return [];
    return jobsSeen(picture).flatMap((job) => {
      if (
        !jobProxy(job) ||
        /^(?:1|true)$/.test(job.variables.get('NODE_USE_ENV_PROXY')?.value ?? '') ||
        TAKES_THEM.test(allScript(job))
      )
        return [];
      const command = picture.lines.findLast(
        ({ file, line, text }) => file === failed.file && line < failed.line && /^\s*\$ /.test(text),
      );
      if (command && !NODE.test(command.text)) return [];
      const { file, line } = job.script.find(({ text }) => command?.text.includes(text.trim())) ?? failed;
      return [
        {
          file,
          line,
          says: `Node's fetch, http and got read none of the proxy variables, so this goes direct, and fails (${failed.file}:${failed.line}).`,
          remedy: { says: 'Set NODE_USE_ENV_PROXY: "1" (Node 22.21 and later), or give the script a proxy agent.' },
          ...runnerOfJob(job, picture),
        },
      ];
    });
  },
};
