import { goNoProxy } from '../../../clients/go/index.ts';
import type { JobSeen } from '../_jobs.ts';

/** Whether the runner's own list has a host that the job's does not: then the job's list is what is wrong. */
export const runnerExcepts = ({ runner, job }: JobSeen, host: string, port: number): boolean =>
  (job?.variables ?? []).some(({ name }) => /^no_proxy$/i.test(name)) &&
  (runner?.environment ?? []).some(({ name, value }) => /^no_proxy$/i.test(name) && goNoProxy(value, host, port));

/** The hosts of URLs in a text. */
export const hostsIn = (text: string): readonly { readonly host: string; readonly port: number }[] =>
  [...text.matchAll(/\b(https?|tcp):\/\/(?:[^\s/@"'<>]*@)?([\w.-]+)(?::(\d+))?/gi)].map(
    ([, scheme, host = '', port]) => ({
      host: host.toLowerCase(),
      port: port === undefined ? (scheme?.toLowerCase() === 'https' ? 443 : 80) : Number(port),
    }),
  );
