import type { Variable } from './picture.ts';

const NAMES: ReadonlyMap<string, Variable> = new Map(
  (['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'FTP_PROXY'] as const).flatMap((name) => [
    [name, name],
    [name.toLowerCase(), name],
  ]),
);

/** Which proxy variable a name is, in the two spellings that clients know; undefined for any other. */
export const variableOf = (name: string): Variable | undefined => NAMES.get(name);

/** Keys of docker's files, as variables: those of daemon.json and of config.json. */
export const DAEMON_KEYS: Readonly<Record<string, Variable>> = {
  'http-proxy': 'HTTP_PROXY',
  'https-proxy': 'HTTPS_PROXY',
  'no-proxy': 'NO_PROXY',
};
export const CLI_KEYS: Readonly<Record<string, Variable>> = {
  httpproxy: 'HTTP_PROXY',
  httpsproxy: 'HTTPS_PROXY',
  noproxy: 'NO_PROXY',
  allproxy: 'ALL_PROXY',
  ftpproxy: 'FTP_PROXY',
};
