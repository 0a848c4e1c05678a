import { type Choice, choiceText } from '../choice.ts';
import type { ClientId } from '../models/index.ts';
import { remarks } from './remarks.ts';
import { type Suggestion, suggest, suggestForAll } from './suggest.ts';
import { typed } from './typed.ts';
import { ANY_PROXY, environment, ways } from './ways.ts';

/** What one client does with a URL, and its model's words where it gives up. */
export interface ClientAnswer {
  readonly client: ClientId;
  readonly title: string;
  /** `unaware` of every proxy variable, so direct whatever they say. */
  readonly via: Choice['via'] | 'unaware';
  /** The proxy's URL, or why it gives up. */
  readonly detail?: string;
  /** Without which the client looks at none of the variables. */
  readonly onlyWith?: string;
}

/** A suggestion, with the titles of the clients for which no spelling is known. */
export interface SuggestedValue {
  readonly value: string;
  readonly except: readonly string[];
}

/** What a value of NO_PROXY does for some URLs. */
export interface Advice {
  readonly noProxy: string;
  readonly proxy: string;
  readonly urls: readonly {
    /** As it was typed. */
    readonly url: string;
    /** What was made of it, where it is no URL. */
    readonly says?: string;
    readonly answers: readonly ClientAnswer[];
    /** What to write so that every client goes direct to this URL. */
    readonly suggestion: SuggestedValue;
  }[];
  /** Sentences about what not every client understands. */
  readonly remarks: readonly string[];
  /** The same for all the URLs at once. */
  readonly suggestion: SuggestedValue;
}

/**
 * Asks the models of every client.
 * @param noProxy the value, as it stands in both NO_PROXY and no_proxy
 * @param urls what is asked for: URLs, a DOCKER_HOST, addresses of ssh, bare names
 * @param proxy the value of the proxy variables, in both cases
 * @param docker the version of Docker, for the clients that come with it; the newest that was measured by default
 * @throws RangeError when a URL is none
 */
export function advise(noProxy: string, urls: readonly string[], proxy = ANY_PROXY, docker?: string): Advice {
  const asked = urls.map((url) => ({ ...typed(url), text: url }));
  return {
    noProxy,
    proxy,
    urls: asked.map(({ text, url, only, says }) => ({
      url: text,
      ...(says === undefined ? {} : { says }),
      answers: url === undefined ? [] : answers(noProxy, url, proxy, only, docker),
      suggestion: url === undefined ? { value: '', except: [] } : shown(suggest(url, noProxy)),
    })),
    remarks: remarks(noProxy),
    suggestion: shown(
      suggestForAll(
        asked.flatMap(({ url }) => url ?? []),
        noProxy,
      ),
    ),
  };
}

function answers(
  noProxy: string,
  url: string,
  proxy: string,
  only: readonly ClientId[] | undefined,
  docker: string | undefined,
): readonly ClientAnswer[] {
  // Whoever goes direct to anybody's host without NO_PROXY looks at no variable.
  const aware = new Set(
    ways(environment(ANY_PROXY), 'http://any.invalid/').flatMap(({ client, choice }) =>
      choice.via === 'direct' ? [] : [client.id],
    ),
  );
  const isSocks = /^socks/i.test(proxy);
  return ways(environment(proxy, noProxy), url, docker).flatMap(
    ({ client: { id, title, onlyWith }, choice }): ClientAnswer[] => {
      if (only && !only.includes(id)) return [];
      const told = { client: id, title, ...(onlyWith === undefined ? {} : { onlyWith }) };
      if (!aware.has(id)) return [{ ...told, via: 'unaware' }];
      if (choice.via === 'direct') return [{ ...told, via: 'direct' }];
      if (choice.via === 'proxy' && isSocks && !/^socks/.test(choice.proxy.scheme)) {
        return [{ ...told, via: 'error', detail: 'it speaks HTTP to the proxy, which a SOCKS proxy does not answer' }];
      }
      return [{ ...told, via: choice.via, detail: choice.via === 'error' ? choice.why : choiceText(choice) }];
    },
  );
}

const shown = ({ value, except }: Suggestion): SuggestedValue => ({ value, except: except.map(({ title }) => title) });
