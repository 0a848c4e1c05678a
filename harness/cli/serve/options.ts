import { SCHEMES } from '../../reproduce/index.ts';
import { KEPT_EVENTS, PRESET_NAMES } from '../../serve/index.ts';
import { flag, oneOf, text, wholeNumber } from '../options.ts';
import type { OptionValues } from '../verb.ts';

/** What a lab's memory may hold, in events. */
const MOST_EVENTS = 1_000_000;

export const serveOptions = {
  world: text(
    '<file>',
    'a world in YAML, or a case.yaml that a lab has written (default: a proxy and a GitLab)',
    'a file',
  ),
  proxy: {
    value: '<kind>',
    says: 'which proxy: none, basic (proxy-chain), keep-alive or squid (default: basic, or one that has the scheme)',
    schema: oneOf('none', 'basic', 'keep-alive', 'squid').optional(),
  },
  auth: {
    value: '<scheme>',
    says: 'what the proxy asks for: none, basic, digest, ntlm or negotiate (default: basic)',
    schema: oneOf(...SCHEMES).optional(),
  },
  intercept: flag('the proxy opens TLS, with a CA of its own'),
  tls: flag('GitLab speaks TLS'),
  docker: flag('a Docker engine and a registry, in a network namespace; --enter leads there'),
  cntlm: flag('cntlm on docker0 before the proxy, as the page has it; with --docker --auth ntlm'),
  rateLimit: {
    value: '<plan>',
    says: `what GitLab answers first: ${PRESET_NAMES.join(', ')}`,
    schema: oneOf(...PRESET_NAMES).optional(),
  },
  listen: text(
    '<address>',
    'lets containers and machines in, at this address of yours; only with a proxy that asks for credentials',
    'an address',
  ),
  enter: flag('opens a shell in which all is set; the lab goes when it ends'),
  replay: flag('does the steps of --world again, each at its moment'),
  events: {
    value: '<n>',
    says: 'how many events of the record are kept, the newest',
    schema: wholeNumber(MOST_EVENTS),
    fallback: String(KEPT_EVENTS),
  },
  lab: text('<url>', 'for ctl: the URL that serve has printed (default: PROXYPROOF_LAB)', 'a URL'),
} as const;

export type ServeOptions = OptionValues<typeof serveOptions>;
