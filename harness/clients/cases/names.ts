/** The proxies of the table: what the lower-case, the upper-case and the ALL_PROXY variables lead to where they differ. */
export const PROXIES = { first: '172.17.0.1', second: '172.17.0.2', third: '172.17.0.3' } as const;

/** The names that a client under measurement can resolve. Every address in the world is the probe's own. */
export const HOSTS: Readonly<Record<string, string>> = {
  'proxy.test': PROXIES.first,
  'proxy2.test': PROXIES.second,
  'proxy3.test': PROXIES.third,
  'corp.test': '10.1.2.1',
  'gitlab.corp.test': '10.1.2.3',
  'sub.gitlab.corp.test': '10.1.2.4',
  'notcorp.test': '10.9.9.8',
  'notgitlab.corp.test': '10.9.9.9',
  'gitlab.corp.test.': '10.1.2.3',
  docker: '172.18.0.2',
};

/** The address of one of the table's names. */
export const addressOf = (name: string): string | undefined => HOSTS[name.toLowerCase()];
