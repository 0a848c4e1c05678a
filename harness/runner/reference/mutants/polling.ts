import type { PollOutcome, PollPolicy } from '../policies/job-policies.ts';
import type { Mutant } from './mutant.ts';

const pollFault = (name: string, says: string, change: Partial<PollPolicy>): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, poll: { ...honest.poll, ...change } }),
});

const is407 = (outcome: PollOutcome): boolean =>
  (outcome.got === 'refusal' && outcome.status === 407) || (outcome.got === 'error' && outcome.proxyStatus === 407);

/** As runners have it; the scenarios of rate limits have longer ones. */
const isShort = (interval: number): boolean => interval <= 10_000;

/** Faults in how jobs are asked for. */
export const pollingMutants: readonly Mutant[] = [
  pollFault('stops-polling-after-407', 'After a 407 of the proxy no job is asked for any more.', {
    goesOn: (outcome) => !is407(outcome),
  }),
  pollFault('stops-polling-after-proxy-down', 'After a failed connection no job is asked for any more.', {
    goesOn: (outcome) => outcome.got !== 'error',
  }),
  pollFault('loses-job-after-restart', 'A job that is handed out right after a failed poll is never run.', {
    takes: (before) => before?.got !== 'error',
  }),
  pollFault(
    'asks-again-at-once',
    'While GitLab has no job it is asked five times a second, where the interval is short.',
    {
      waits: (interval, failures) => (isShort(interval) && failures === 0 ? 200 : interval),
    },
  ),
  pollFault('asks-again-at-once-after-failures', 'While polls fail GitLab is asked twenty times a second.', {
    waits: (interval, failures) => (isShort(interval) && failures > 0 ? 50 : interval),
  }),
  pollFault(
    'rests-after-many-failures',
    'After ten failed polls in a row no job is asked for until an hour has passed.',
    {
      waits: (interval, failures) => (failures > 10 ? 3_600_000 : interval),
    },
  ),
  pollFault('ignores-concurrent', 'One job more is run at once than config.toml allows.', {
    atOnce: (configured) => configured + 1,
  }),
  pollFault('logs-proxy-url', "The proxy's URL is logged at the start, with its password.", {
    says: ({ env }) => `Using proxy ${env['http_proxy'] ?? env['HTTP_PROXY'] ?? 'none'}`,
  }),
  pollFault('logs-runner-token', "The runner's token is logged at the start.", {
    says: ({ token }) => `Starting with token ${token}`,
  }),
  {
    name: 'keeps-quiet-about-407',
    says: 'Nothing is logged about a 407 of the proxy.',
    change: (honest) => ({
      ...honest,
      logs: ({ msg, fields }) => !/\b407\b|Proxy Authentication/i.test(`${msg} ${fields['status'] ?? ''}`),
    }),
  },
];
