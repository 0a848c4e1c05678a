import { NAMES } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { gapFinding, gapsOf, seenAt } from './_gaps.ts';

export const notInThisServiceCause: Cause = {
  id: 'no-proxy/not-in-this-service',
  severity: 'error',
  title: 'NO_PROXY is set somewhere else, and the program that fails has proxies of its own without it.',
  seen: 'A log in which a program asks the proxy for a host of your own, its own file with a proxy and without NO_PROXY, and another file (of a shell, of jobs, of another unit) whose list has the host.',
  fix: 'Put NO_PROXY into the drop-in of that service, too; none inherits it from the others.',
  symptoms: ['NO_PROXY is ignored', 'works in the shell'],
  find: (picture) =>
    [...gapsOf(picture, 'gitlab'), ...gapsOf(picture, 'registry')]
      .filter(({ kind }) => kind === 'elsewhere')
      .map((gap) =>
        gapFinding(
          picture,
          gap,
          `${NAMES[gap.failure.who]} asks the proxy for ${gap.host} (${seenAt(gap)}): it has a proxy and no NO_PROXY of its own. The list in ${gap.other?.file}:${gap.other?.line} is another program's.`,
          `Set NO_PROXY here, too, with ${gap.host} in it.`,
        ),
      ),
};
