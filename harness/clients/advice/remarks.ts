import { joinHostPort } from '../../url/index.ts';
import type { Client } from '../models/index.ts';
import { isTarget } from '../target.ts';
import { entriesOf, type NoProxyEntry } from './entries.ts';
import { listed } from './listed.ts';
import { ANY_PROXY, environment, proxied, ways } from './ways.ts';

/** What is to be said about a value of NO_PROXY: a sentence or two for each thing that not every client understands. */
export function remarks(noProxy: string): readonly string[] {
  const entries = entriesOf(noProxy);
  const separators = aboutSeparators(noProxy);
  return [
    ...(separators ? [separators] : (aboutSpaces(noProxy, entries) ?? [])),
    ...alike(entries).flatMap((some) => remark(some, noProxy, entries.length > 1) ?? []),
  ];
}

/** Entries of which the same is to be said, such as `docker:2375` and `docker:2376`. */
const alike = (entries: readonly NoProxyEntry[]): readonly (readonly NoProxyEntry[])[] => [
  ...Map.groupBy(entries, ({ kind, host, port }) => `${kind} ${host} ${port !== undefined}`).values(),
];

/** Whether a value means something is asked of the models, by a URL that it names. */
function urlOf({ host, port }: NoProxyEntry): string {
  return `http://${joinHostPort(host, port)}/`;
}

function remark(some: readonly NoProxyEntry[], noProxy: string, inList: boolean): string | undefined {
  const [entry] = some;
  if (!entry) return undefined;
  const { text, kind, host, port } = entry;
  const at = urlOf(entry);
  const below = at.replace('://', '://any.');
  if (!isTarget(at)) return `${text} is neither a host nor an address nor a network.`;
  switch (kind) {
    case 'pasted':
      return `${text} is more than a host, and no client takes it for one: write ${host}.`;
    case 'all': {
      const where = inList ? ' in a list' : '';
      return `*${where} means nothing to ${named(stayers(inList ? '*,other.invalid' : '*', 'http://any.invalid/'))}.`;
    }
    case 'network':
      return `${text} is a network, which means nothing to ${named(stayers(text, at))}. To the others it names addresses; Ruby alone looks up whether a name leads there.`;
    case 'wildcard-below':
      return `${text} means something to ${named(leavers(text, below))} alone: write .${host}, which all of them know.`;
    case 'wildcard':
      return `${text} has its * where it is a wildcard to no client: write the names out, or a domain as .example.com.`;
    case 'address':
      return port === undefined ? meaningless(text, noProxy, at) : aboutPort(some, noProxy, at);
    case 'below':
      return port === undefined ? aboutItself(entry, noProxy, at) : aboutPort(some, noProxy, below);
    case 'name':
      return host.endsWith('.') ? aboutDot(entry, noProxy) : aboutPort(some, noProxy, at);
  }
}

function meaningless(text: string, noProxy: string, url: string): string | undefined {
  const unaware = stayers(noProxy, url);
  return unaware.length > 0 ? `${text} means nothing to ${named(unaware)}.` : undefined;
}

function aboutPort(some: readonly NoProxyEntry[], noProxy: string, url: string): string | undefined {
  const [entry] = some;
  const unaware = entry?.port === undefined ? [] : stayers(noProxy, url);
  if (!entry || unaware.length === 0) return undefined;
  const texts = listed(some.map(({ text }) => text));
  const verb = unaware.length === 1 ? 'does' : 'do';
  return `${named(unaware)} ${verb} not understand a port, as in ${texts}: write ${entry.host}, instead or as well.`;
}

function aboutItself({ text, host }: NoProxyEntry, noProxy: string, url: string): string | undefined {
  const unaware = stayers(noProxy, url);
  if (unaware.length === 0) return undefined;
  return `${text} does not include ${host} itself for ${named(unaware)}: add ${host} if you mean it too.`;
}

function aboutDot({ text, host }: NoProxyEntry, noProxy: string): string | undefined {
  const name = host.slice(0, -1);
  const unaware = stayers(noProxy, `http://${name}/`);
  if (unaware.length === 0) return undefined;
  return `${text} ends in a dot, so it does not match ${name} for ${named(unaware)}: leave the dot out.`;
}

function aboutSeparators(noProxy: string): string | undefined {
  const [used] = /[;|]/.exec(noProxy) ?? [];
  return used ? `No client takes ${used} for the end of an entry: separate the entries with commas.` : undefined;
}

/** Spaces are harmless to some clients: whoever does otherwise without them is named. */
function aboutSpaces(noProxy: string, entries: readonly NoProxyEntry[]): string[] | undefined {
  if (!/\s/.test(noProxy)) return undefined;
  const tidy = entries.map(({ text }) => text).join(',');
  const confused = new Set(
    entries
      .filter((entry) => isTarget(urlOf(entry)) && ['name', 'address', 'all'].includes(entry.kind))
      .flatMap((entry) => {
        const url = entry.kind === 'all' ? 'http://any.invalid/' : urlOf(entry);
        const after = ways(environment(ANY_PROXY, tidy), url);
        return ways(environment(ANY_PROXY, noProxy), url).flatMap(({ client, choice }, index) =>
          choice.via === after[index]?.choice.via ? [] : [client],
        );
      }),
  );
  return confused.size > 0
    ? [`The spaces change what is understood by ${named([...confused])}: leave them out.`]
    : undefined;
}

/** Clients that go through the proxy to a URL although the value names it. */
const stayers = (value: string, url: string): readonly Client[] => proxied(environment(ANY_PROXY, value), url);

/** Clients that take a proxy, and leave it for a URL because of the value. */
function leavers(value: string, url: string): readonly Client[] {
  const staying = new Set(stayers(value, url));
  return stayers('', url).filter((each) => !staying.has(each));
}

const named = (clients: readonly Client[]): string => listed(clients.map(({ title }) => title));
