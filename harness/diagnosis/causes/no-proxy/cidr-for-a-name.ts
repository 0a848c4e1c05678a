import { NAMES } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { gapFinding, gapsOf, seenAt } from './_gaps.ts';

export const cidrForANameCause: Cause = {
  id: 'no-proxy/cidr-for-a-name',
  severity: 'error',
  title: 'A network in NO_PROXY stands for addresses in URLs, never for a name that resolves into it.',
  seen: 'A log in which a host of your own is asked for by name through the proxy, and a list in which only a network could stand for it. A network beside the names is right.',
  fix: 'Add the name, or the domain with a dot before it.',
  symptoms: ['10.0.0.0/8 in NO_PROXY does not work'],
  find: (picture) =>
    [...gapsOf(picture, 'gitlab'), ...gapsOf(picture, 'registry'), ...gapsOf(picture, 'internal')]
      .filter(({ kind }) => kind === 'network')
      .map((gap) =>
        gapFinding(
          picture,
          gap,
          `${NAMES[gap.failure.who]} asks the proxy for ${gap.host} (${seenAt(gap)}): a network in NO_PROXY counts for addresses in URLs, and this host is asked for by its name.`,
          `Add ${gap.host} to the list.`,
        ),
      ),
};
