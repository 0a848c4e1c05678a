import { onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { cutPolls } from './_polls.ts';

export const longPollCutCause: Cause = {
  id: 'body/long-poll-cut',
  severity: 'error',
  title: "The proxy ends requests sooner than GitLab's long polling answers them.",
  seen: 'Polls of the runner that end in EOF or 504 again and again after the same time, some 30 s. EOF at once, or now and then, is a cut connection.',
  fix: "Raise the proxy's timeout above 60 s, name GitLab in NO_PROXY, or lower apiCiLongPollingDuration.",
  symptoms: ['Checking for jobs... failed EOF', '504 Gateway Timeout every 30 seconds'],
  find: (picture) =>
    cutPolls(picture).flatMap(({ polls, every }) => {
      const [first] = polls;
      if (!first || every === undefined) return [];
      return [
        onLine(
          first,
          `Every poll of the runner ends early, each time after about ${every} s: the proxy ends a request before GitLab's long polling (some 50 s) answers it.`,
          "Raise the proxy's timeout above 60 s, name GitLab in NO_PROXY where it is your own, or lower GitLab's apiCiLongPollingDuration.",
        ),
      ];
    }),
};
