import { type CntlmSetting, readCntlmConf } from '../../recipes/cntlm-conf/read.ts';
import type { Remark } from '../remark.ts';
import { checkAccountSettings, type Find } from './check-account.ts';
import { checkListen } from './check-listen.ts';

/** What is known of the machine that a cntlm.conf is for. */
export interface CntlmSurroundings {
  /** docker0's address. */
  readonly bridgeAddress?: string;
  /** The file's permissions, as `stat` tells them. */
  readonly mode?: number;
}

/** Keywords that may come more than once. */
const LISTS = [
  'Proxy',
  'Listen',
  'NoProxy',
  'Tunnel',
  'SOCKS5Proxy',
  'SOCKS5User',
  'SOCKS5Users',
  'Header',
  'Allow',
  'Deny',
  'ISAScannerAgent',
];
const SINGLE = [
  'Username',
  'Domain',
  'Password',
  'PassNTLMv2',
  'PassNT',
  'PassLM',
  'Auth',
  'Flags',
  'Gateway',
  'NTLMToBasic',
  'Workstation',
  'ISAScannerSize',
];

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * Checks a cntlm.conf for what goes wrong in practice. A comment behind a value, as on the page, is none of it.
 * Source: “Make CNTLM listen to the docker0 interface”; what cntlm 0.92.3 does was tried.
 */
export function checkCntlmConf(text: string, surroundings: CntlmSurroundings = {}): Remark[] {
  const { settings, ignored } = readCntlmConf(text);
  const byKey = Map.groupBy(settings, ({ key }) => key.toLowerCase());
  const all = (key: string): CntlmSetting[] => byKey.get(key.toLowerCase()) ?? [];
  const find: Find = (key) => all(key)[0];
  return [
    ...ignored.map(
      ({ line, why }): Remark => ({
        level: 'error',
        line,
        says: `cntlm does not see this line, and does not say so: ${why}.`,
        fix: 'Write KEYWORD VALUE, with a line break at the end of the last line too.',
      }),
    ),
    ...settings.flatMap((setting) => checkKey(setting, find)),
    ...checkAccountSettings(find, surroundings.mode),
    ...checkParents(all('Proxy')),
    ...checkListen(all('Listen'), find('Gateway'), surroundings.bridgeAddress),
  ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function checkKey(setting: CntlmSetting, find: Find): Remark[] {
  const { line, key } = setting;
  if (LISTS.some((known) => same(known, key))) return [];
  if (!SINGLE.some((known) => same(known, key))) {
    const says = `${key} is no keyword of cntlm's, so it ignores the line.`;
    return [{ level: 'error', line, says, fix: 'See cntlm(1) for the right word.' }];
  }
  const first = find(key);
  if (first === setting) return [];
  const says = `${key} stands in line ${first?.line} already, and cntlm takes the first one: this one does nothing.`;
  return [{ level: 'error', line, says, fix: `Have one ${key} line.` }];
}

/** A host, with a space behind it; nothing for what may hold a password. */
const shownHost = (value: string): string => (/^[A-Za-z0-9.-]+$/.test(value) ? `${value} ` : '');

function checkParents(proxies: readonly CntlmSetting[]): Remark[] {
  const fix = 'Write Proxy HOST:PORT, one line for each parent proxy, the preferred one first.';
  if (proxies.length === 0) {
    const says = 'There is no Proxy, so cntlm ends: “Parent proxy address missing”.';
    return [{ level: 'error', says, fix }];
  }
  return proxies.flatMap(({ line, value }): Remark[] => {
    if (/^[a-z]+:\/\//i.test(value)) {
      return [
        {
          level: 'error',
          line,
          says: 'Proxy is a URL here, but cntlm wants a host and a port: it takes the scheme for the host.',
          fix,
        },
      ];
    }
    if (/^[^\s:]+(:|\s+)\d+$/.test(value)) return [];
    return [
      {
        level: 'error',
        line,
        says: `Proxy ${shownHost(value)}names no port, so cntlm ends: “Invalid proxy specification”.`,
        fix,
      },
    ];
  });
}
