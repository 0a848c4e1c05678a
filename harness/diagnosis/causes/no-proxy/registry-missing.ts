import { NAMES } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { gapFinding, gapsOf, seenAt } from './_gaps.ts';

export const registryMissingCause: Cause = {
  id: 'no-proxy/registry-missing',
  severity: 'error',
  title: 'Your own registry is asked for through the proxy, which refuses it or cannot reach it.',
  seen: "An error of pull, push or login that names the registry with the proxy's answer, or squid's log, and a NO_PROXY of the daemon (of the job for kaniko, buildah, crane) without it.",
  fix: 'Add the registry to NO_PROXY of the program that pulls: the daemon, or the job for kaniko and its like.',
  symptoms: ['docker pull Service Unavailable', 'docker login Forbidden', 'error checking push permissions'],
  find: (picture) =>
    gapsOf(picture, 'registry')
      .filter(({ kind, host }) => kind === 'missing' && !isElsewhereOfMirror(picture, host))
      .map((gap) =>
        gapFinding(
          picture,
          gap,
          `${NAMES[gap.failure.who]} asks the proxy for ${gap.host}, a registry of your own, and the proxy does not get there (${seenAt(gap)}): NO_PROXY does not name it.`,
          `Add ${gap.host} to NO_PROXY of the program that pulls.`,
        ),
      ),
};

/** A mirror that NO_PROXY lacks is told of as such. */
const isElsewhereOfMirror = (picture: Parameters<Cause['find']>[0], host: string): boolean =>
  picture
    .all('daemon-json')
    .some(({ entries }) =>
      entries.some(({ key, value }) => key === 'registry-mirrors' && JSON.stringify(value).includes(host)),
    );
