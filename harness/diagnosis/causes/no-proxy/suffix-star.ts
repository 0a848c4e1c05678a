import { hostsOfOthers } from '../_in-use.ts';
import { isOfJobs } from '../_values.ts';
import type { Cause } from '../cause.ts';
import { entryFinding, lists, named } from './_lists.ts';

/** Clients that do not know the star, saying that the proxy failed them. */
const OTHERS = /\b(?:curl|git|wget|fatal|pip|npm)\b.*(?:proxy|CONNECT)|(?:proxy|CONNECT).*(?:curl|git|wget)/i;

export const suffixStarCause: Cause = {
  id: 'no-proxy/suffix-star',
  severity: 'warning',
  title: 'An entry of NO_PROXY begins with a star, which curl, git, wget, Python and Ruby do not know.',
  seen: '*.corp.example in variables of jobs, without .corp.example beside it. Go, docker and Node know it, so it is right in units of docker and gitlab-runner. A note where none of the others asks for such a host. An error where a log shows one of the others at the proxy for such a host.',
  fix: 'Write .corp.example.',
  symptoms: ['curl and git go through the proxy though NO_PROXY has *.example.com'],
  find: (picture) =>
    lists(picture).flatMap((list) => {
      if (!isOfJobs(list.scope) && list.scope.of !== 'dump') return [];
      const all = new Set(list.entries.map((entry) => entry.toLowerCase()));
      const wrong = list.entries.filter((entry) => {
        const [, domain] = /^\*\.(.+)$/.exec(entry.toLowerCase()) ?? [];
        return domain !== undefined && !domain.includes('*') && !all.has(domain) && !all.has(`.${domain}`);
      });
      const seen = picture.lines.some(
        ({ text }) => OTHERS.test(text) && wrong.some((entry) => text.includes(entry.slice(1))),
      );
      const isAsked = hostsOfOthers(picture, list.scope).some((host) =>
        wrong.some((entry) => host.endsWith(entry.slice(1).toLowerCase())),
      );
      return entryFinding(picture, list, {
        wrong,
        ...(seen ? { severity: 'error' as const } : isAsked ? {} : { severity: 'note' as const }),
        says: `${named(wrong)} in ${list.setting.name}: Go, docker and Node know the star; curl, git, wget, Python and Ruby do not, and ask the proxy for such hosts.`,
        remedy: 'Leave the star out, and keep the dot.',
        to: (entry) => entry.slice(1),
      });
    }),
};
