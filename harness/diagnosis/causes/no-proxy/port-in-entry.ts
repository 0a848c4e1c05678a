import { isOfJobs } from '../_values.ts';
import type { Cause } from '../cause.ts';
import { entryFinding, lists, named } from './_lists.ts';

const hostOf = (entry: string): string | undefined => /^([^:/[\]*]+):\d+$/.exec(entry)?.[1];

export const portInEntryCause: Cause = {
  id: 'no-proxy/port-in-entry',
  severity: 'warning',
  title: 'An entry of NO_PROXY has a port, which half of the clients do not understand.',
  seen: 'HOST:PORT in variables of jobs, and the same host not without port besides. Go, docker, Node and requests understand it; curl, git, wget and npm do not. Not in units of docker and gitlab-runner; and hosts that docker alone asks are a note at most.',
  fix: 'Write the host without port.',
  symptoms: ['curl goes through the proxy, docker does not'],
  find: (picture) =>
    lists(picture).flatMap((list) => {
      if (!isOfJobs(list.scope)) return [];
      const bare = new Set(list.entries.map((entry) => entry.replace(/^\./, '').toLowerCase()));
      const wrong = list.entries.filter((entry) => {
        const host = hostOf(entry)?.replace(/^\./, '').toLowerCase();
        return host !== undefined && !bare.has(host);
      });
      const isDocker = wrong.every(
        (entry) => /^(?:docker|dind|dockerd)(?:[-.:]|$)/i.test(entry) || /:(?:2375|2376)$/.test(entry),
      );
      return entryFinding(picture, list, {
        wrong,
        ...(isDocker ? { severity: 'note' as const } : {}),
        says: `${named(wrong)} in ${list.setting.name} ${wrong.length === 1 ? 'has' : 'have'} a port: Go and docker understand that; curl, git, wget and npm ignore the entry.`,
        remedy: 'Write the host without port.',
        to: (entry) => hostOf(entry) ?? entry,
      });
    }),
};
