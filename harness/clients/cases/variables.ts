import { PROXIES } from './names.ts';
import type { Situation } from './situation.ts';

/** One way to write a proxy's address or name. */
type Written = (address: string, name: string) => string;

/** How the value is written. */
const VALUES: Readonly<Record<string, Written>> = {
  url: (address) => `http://${address}:3128`,
  'trailing slash': (address) => `http://${address}:3128/`,
  'no scheme': (address) => `${address}:3128`,
  'no scheme, name': (_, name) => `${name}:3128`,
  'no scheme, trailing slash': (address) => `${address}:3128/`,
  credentials: (address) => `http://us%40er:p%3Ass@${address}:3128`,
  'no scheme, credentials': (address) => `us%40er:p%3Ass@${address}:3128`,
  https: (address) => `https://${address}:3128`,
  'credentials, @ as it is': (address) => `http://user:p@ss@${address}:3128`,
  'https, no port': (address) => `https://${address}`,
  'upper-case scheme': (address) => `HTTP://${address}:3128`,
  'no port': (address) => `http://${address}`,
  'spaces around': (address) => ` http://${address}:3128 `,
  quotes: (address) => `"http://${address}:3128"`,
  empty: () => '',
};

type Variables = (first: string, second: string, third: string) => Readonly<Record<string, string>>;

const upper = (value: string) => ({ HTTP_PROXY: value, HTTPS_PROXY: value });
const lower = (value: string) => ({ http_proxy: value, https_proxy: value });

/** Which variables have it. Where several do and differ, the lower-case ones lead to the first proxy. */
const SPELLINGS: Readonly<Record<string, Variables>> = {
  lower,
  upper,
  both: (first) => ({ ...lower(first), ...upper(first) }),
  conflict: (first, second) => ({ ...lower(first), ...upper(second) }),
  ALL_PROXY: (first) => ({ ALL_PROXY: first }),
  all_proxy: (first) => ({ all_proxy: first }),
  'upper, REQUEST_METHOD': (first) => ({ ...upper(first), REQUEST_METHOD: 'GET' }),
  'lower, REQUEST_METHOD': (first) => ({ ...lower(first), REQUEST_METHOD: 'GET' }),
};

const one = `http://${PROXIES.first}:3128`;
const two = `http://${PROXIES.second}:3128`;
const three = `http://${PROXIES.third}:3128`;

/** Environments that are about how several variables get on with each other. */
const COMBINATIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  none: {},
  "the page's": {
    https_proxy: one,
    http_proxy: one,
    HTTPS_PROXY: `${PROXIES.first}:3128`,
    HTTP_PROXY: `${PROXIES.first}:3128`,
  },
  'both, REQUEST_METHOD': { ...lower(one), ...upper(two), REQUEST_METHOD: 'GET' },
  'lower empty, upper set': { ...lower(''), ...upper(two) },
  'lower set, upper empty': { ...lower(one), ...upper('') },
  'lower and ALL_PROXY': { ...lower(one), ALL_PROXY: three },
  'upper and ALL_PROXY': { ...upper(two), ALL_PROXY: three },
  'upper and all_proxy': { ...upper(two), all_proxy: three },
  'ALL_PROXY and all_proxy': { all_proxy: one, ALL_PROXY: three },
  'lower empty and ALL_PROXY': { ...lower(''), ALL_PROXY: three },
  'NODE_USE_ENV_PROXY not set': { ...lower(one), ...upper(one), NODE_USE_ENV_PROXY: '' },
  'http alone': { http_proxy: one, HTTP_PROXY: one },
  'https alone': { https_proxy: one, HTTPS_PROXY: one },
};

const URLS = ['http://gitlab.corp.test/', 'https://gitlab.corp.test/'];

/** Every spelling of the variables with every way to write the value, for an http and an https target. */
export const variableSituations: readonly Situation[] = [
  ...Object.entries(SPELLINGS).flatMap(([spelling, variables]) =>
    Object.entries(VALUES).map(([value, written]) => ({
      group: 'variables' as const,
      name: `${spelling}: ${value}`,
      env: variables(
        written(PROXIES.first, 'proxy.test'),
        written(PROXIES.second, 'proxy2.test'),
        written(PROXIES.third, 'proxy3.test'),
      ),
      urls: URLS,
    })),
  ),
  ...Object.entries(COMBINATIONS).map(([name, env]) => ({ group: 'variables' as const, name, env, urls: URLS })),
];
