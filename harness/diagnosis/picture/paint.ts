import { isIP } from 'node:net';
import { goNoProxy, noProxyEntries } from '../../clients/go/index.ts';
import { splitUrl } from '../../url/index.ts';
import type { Document } from '../documents/document.ts';
import { domainOf, isPrivateAddress, isPublic } from './hosts.ts';
import type { LogLine, Picture, ProxySeen, Setting } from './picture.ts';
import { settingsOf } from './settings.ts';

/** The model of a customer's machine that all documents together make. */
export function paint(documents: readonly Document[]): Picture {
  const all: Picture['all'] = (kind) =>
    documents.filter((each): each is Extract<Document, { kind: typeof kind }> => each.kind === kind);
  const settings = settingsOf(documents);
  const runners = all('config-toml').flatMap((each) => each.runners);
  const lines: LogLine[] = all('log').flatMap(({ lines: own, of }) => own.map((line) => ({ ...line, of })));
  const proxies = settings.flatMap(proxySeen);
  const gitlabHosts = distinct([
    ...runners.flatMap(({ url }) => (url === undefined ? [] : [hostIn(url)])),
    ...lines.flatMap(({ text }) => (text.includes('/api/v4/') ? [hostIn(API.exec(text)?.[0] ?? '')] : [])),
  ]);
  const domains = new Set(
    [
      ...proxies.map(({ host }) => host),
      ...gitlabHosts,
      ...settings.filter(({ variable }) => variable === 'NO_PROXY').flatMap(({ value }) => noProxyEntries(value)),
    ]
      .filter((host) => !isPublic(host))
      .flatMap((host) => domainOf(host.split(/[:/]/)[0] ?? '') ?? []),
  );
  return {
    documents,
    all,
    settings,
    effective: (of, which = () => true) =>
      settings.filter(({ effective, scope }) => effective && scope.of === of && which(scope)),
    runners,
    lines,
    version: (program) =>
      all('versions')
        .flatMap(({ versions }) => versions)
        .find((each) => each.program === program),
    proxies,
    gitlabHosts,
    isInternal: (host) => {
      if (isPublic(host)) return false;
      if (isIP(host) !== 0) return isPrivateAddress(host);
      return (
        !host.includes('.') ||
        /\.(?:local|internal|lan|corp|intra|intranet|home)$/i.test(host) ||
        domains.has(domainOf(host) ?? '')
      );
    },
    excepts: (these, host) =>
      these.some(({ variable, value }) => variable === 'NO_PROXY' && goNoProxy(value, host, 443)),
  };
}

/** GitLab's API in a log line. */
const API = /https?:\/\/[^/\s"'\\]+(?=\/[^\s"']*api\/v4\/|\/api\/v4\/)/i;

const hostIn = (url: string): string => splitUrl(url).host.toLowerCase();

function proxySeen(setting: Setting): ProxySeen[] {
  if (setting.variable === 'NO_PROXY' || setting.value.trim() === '') return [];
  const { scheme = '', userinfo, host, port } = splitUrl(setting.value.trim());
  if (host === '' || !/^[\w.:-]+$/.test(host)) return [];
  const { file, line } = setting;
  return [
    {
      scheme,
      host: host.toLowerCase(),
      port: port !== undefined && /^\d+$/.test(port) ? Number(port) : undefined,
      hasCredentials: userinfo !== undefined,
      file,
      line,
      setting,
    },
  ];
}

const distinct = (hosts: readonly string[]): readonly string[] => [...new Set(hosts.filter((host) => host !== ''))];
