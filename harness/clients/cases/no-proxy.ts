import { PROXIES } from './names.ts';
import type { Situation } from './situation.ts';

const PROXY = `http://${PROXIES.first}:3128`;

/** A proxy that every client takes which takes any. */
const proxied = { http_proxy: PROXY, https_proxy: PROXY, HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY };

const GITLAB = 'http://gitlab.corp.test/';
const [APEX, BELOW, NEIGHBOUR] = ['http://corp.test/', 'http://sub.gitlab.corp.test/', 'http://notcorp.test/'];
const AT_8080 = 'http://gitlab.corp.test:8080/';
const ADDRESS = 'http://10.1.2.3/';
const DIND = ['http://docker:2375/', 'https://docker:2376/', 'http://docker:2377/'];

/** Values of NO_PROXY, and what is asked for with each. */
const VALUES: readonly (readonly [value: string, urls: readonly string[]])[] = [
  // A host.
  ['gitlab.corp.test', [GITLAB, 'https://gitlab.corp.test/', BELOW, APEX, 'http://notgitlab.corp.test/', AT_8080]],
  // A domain.
  ['corp.test', [APEX, GITLAB, 'https://gitlab.corp.test/', NEIGHBOUR]],
  ['.corp.test', [APEX, GITLAB, 'https://gitlab.corp.test/', BELOW, NEIGHBOUR, AT_8080]],
  ['*.corp.test', [APEX, GITLAB, 'https://gitlab.corp.test/', BELOW, NEIGHBOUR]],
  ['*corp.test', [APEX, GITLAB, NEIGHBOUR]],
  ['corp.test,.corp.test', [APEX, GITLAB, NEIGHBOUR]],
  ['test', [GITLAB]],
  ['corp', [GITLAB]],
  // A beginning.
  ['gitlab.*', [GITLAB]],
  ['gitlab*', [GITLAB]],
  ['gitlab', [GITLAB]],
  ['git*.corp.test', [GITLAB]],
  // Everything.
  ['*', [GITLAB, 'https://gitlab.corp.test/', ADDRESS]],
  ['*,other.test', [GITLAB]],
  ['other.test,*', [GITLAB]],
  [' * ', [GITLAB]],
  // Ports.
  ['gitlab.corp.test:80', [GITLAB, 'http://gitlab.corp.test:80/', AT_8080]],
  ['gitlab.corp.test:443', ['https://gitlab.corp.test/', GITLAB]],
  ['gitlab.corp.test:8080', [AT_8080, GITLAB]],
  ['corp.test:8080', [AT_8080, GITLAB]],
  ['.corp.test:8080', [AT_8080, GITLAB]],
  ['*.corp.test:8080', [AT_8080, GITLAB]],
  [':8080', [AT_8080]],
  ['*:8080', [AT_8080]],
  ['docker:2375,docker:2376', DIND],
  ['docker', DIND],
  ['docker,docker:2375,docker:2376', DIND],
  // Addresses and networks.
  ['10.1.2.3', [ADDRESS, 'http://10.1.2.3:8080/', GITLAB, 'http://10.1.2.30/', 'http://110.1.2.3/']],
  ['10.1.2.3:8080', ['http://10.1.2.3:8080/', ADDRESS]],
  ['10.1.2.*', [ADDRESS]],
  ['10.1.2.', [ADDRESS]],
  ['10.1.2.1-10.1.2.9', [ADDRESS]],
  ['10.1.2', [ADDRESS]],
  ['.2.3', [ADDRESS]],
  ['10.0.0.0/8', [ADDRESS, GITLAB, 'http://11.1.2.3/']],
  ['10.1.2.3/8', ['http://10.7.7.7/']],
  ['10.1.2.3/32', [ADDRESS]],
  ['10.0.0.0/255.0.0.0', [ADDRESS]],
  ['10.0.0.0/33', [ADDRESS]],
  ['10.1.2.0/24:8080', ['http://10.1.2.3:8080/']],
  // IPv6.
  ['fd00::1', ['http://[fd00::1]/', 'http://[fd00::1]:8080/', 'http://[fd00::11]/']],
  ['[fd00::1]', ['http://[fd00::1]/']],
  ['[fd00::1]:8080', ['http://[fd00::1]:8080/', 'http://[fd00::1]/']],
  ['fd00:0:0:0:0:0:0:1', ['http://[fd00::1]/']],
  ['FD00::1', ['http://[fd00::1]/']],
  ['fd00::/8', ['http://[fd00::1]/']],
  // Lists.
  ['other.test,gitlab.corp.test', [GITLAB]],
  ['other.test, gitlab.corp.test', [GITLAB]],
  ['other.test ,gitlab.corp.test', [GITLAB]],
  ['gitlab.corp.test ,other.test', [GITLAB]],
  ['other.test gitlab.corp.test', [GITLAB]],
  ['other.test;gitlab.corp.test', [GITLAB]],
  ['other.test|gitlab.corp.test', [GITLAB]],
  ['other.test,,gitlab.corp.test', [GITLAB]],
  [',gitlab.corp.test,', [GITLAB, NEIGHBOUR]],
  [' gitlab.corp.test ', [GITLAB]],
  ['"gitlab.corp.test"', [GITLAB]],
  ['other.test,10.0.0.0/8,gitlab.corp.test', [GITLAB]],
  ['', [GITLAB]],
  // What people paste.
  ['http://gitlab.corp.test', [GITLAB]],
  ['gitlab.corp.test/', [GITLAB]],
  // Letter case.
  ['GITLAB.CORP.TEST', [GITLAB]],
  ['.CORP.TEST', [GITLAB]],
  ['*.CORP.TEST', [GITLAB]],
  ['gitlab.corp.test', ['http://GITLAB.Corp.test/']],
  ['.corp.test', ['http://GITLAB.Corp.test/']],
  // Trailing dots.
  ['gitlab.corp.test.', [GITLAB, 'http://gitlab.corp.test./']],
  ['.corp.test.', [GITLAB]],
  ['gitlab.corp.test', ['http://gitlab.corp.test./']],
  ['.corp.test', ['http://gitlab.corp.test./']],
  // Loopback.
  ['localhost', ['http://localhost/', 'http://127.0.0.1/']],
  ['127.0.0.1', ['http://127.0.0.1/', 'http://localhost/', 'http://127.9.9.9/']],
  ['127.0.0.0/8', ['http://127.9.9.9/', 'http://localhost/']],
  ['::1', ['http://[::1]/']],
];

/** A value as a name shows it: its spaces and its emptiness are the point. */
const shown = (value: string): string => `“${value}”`;

const withBoth = (value: string) => ({ ...proxied, NO_PROXY: value, no_proxy: value });

/** Every value in both spellings of the variable, what is never proxied without it, and the spellings in conflict. */
export const noProxySituations: readonly Situation[] = [
  {
    group: 'no-proxy',
    name: 'not set',
    env: proxied,
    urls: [GITLAB, 'http://localhost/', 'http://127.0.0.1/', 'http://127.9.9.9/', 'http://[::1]/', ADDRESS],
  },
  ...[...Map.groupBy(VALUES, ([value]) => value)].map(([value, entries]) => ({
    group: 'no-proxy' as const,
    name: shown(value),
    env: withBoth(value),
    urls: entries.flatMap(([, urls]) => urls),
  })),
  ...Object.entries({
    'upper alone': { NO_PROXY: 'gitlab.corp.test' },
    'lower alone': { no_proxy: 'gitlab.corp.test' },
    'upper names it, lower another': { NO_PROXY: 'gitlab.corp.test', no_proxy: 'other.test' },
    'lower names it, upper another': { NO_PROXY: 'other.test', no_proxy: 'gitlab.corp.test' },
    'upper names it, lower empty': { NO_PROXY: 'gitlab.corp.test', no_proxy: '' },
    'lower names it, upper empty': { NO_PROXY: '', no_proxy: 'gitlab.corp.test' },
    'all_proxy and ALL_PROXY': {
      http_proxy: '',
      https_proxy: '',
      HTTP_PROXY: '',
      HTTPS_PROXY: '',
      all_proxy: PROXY,
      ALL_PROXY: PROXY,
      NO_PROXY: 'gitlab.corp.test',
      no_proxy: 'gitlab.corp.test',
    },
  }).map(([name, env]) => ({
    group: 'no-proxy' as const,
    name,
    env: { ...proxied, ...env },
    urls: [GITLAB, 'https://gitlab.corp.test/'],
  })),
];
