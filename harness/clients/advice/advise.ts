import { type Choice, choiceText } from '../choice.ts';
import type { ClientId } from '../models/index.ts';
import { remarks } from './remarks.ts';
import { type Suggestion, suggest, suggestForAll } from './suggest.ts';
import { ANY_PROXY, environment, ways } from './ways.ts';

/** What one client does with a URL, and its model's words where it gives up. */
export interface ClientAnswer {
  readonly client: ClientId;
  readonly title: string;
  /** `unaware` of every proxy variable, so direct whatever they say. */
  readonly via: Choice['via'] | 'unaware';
  /** The proxy's URL, or why it gives up. */
  readonly detail?: string;
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
    readonly url: string;
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
 * @param urls what is asked for, with http or https
 * @param proxy the value of the proxy variables, in both cases
 * @throws RangeError when a URL is none
 */
export function advise(noProxy: string, urls: readonly string[], proxy: string = ANY_PROXY): Advice {
  return {
    noProxy,
    proxy,
    urls: urls.map((url) => ({
      url,
      answers: answers(noProxy, url, proxy),
      suggestion: shown(suggest(url, noProxy)),
    })),
    remarks: remarks(noProxy),
    suggestion: shown(suggestForAll(urls, noProxy)),
  };
}

function answers(noProxy: string, url: string, proxy: string): readonly ClientAnswer[] {
  // Whoever goes direct to anybody's host without NO_PROXY looks at no variable.
  const aware = new Set(
    ways(environment(ANY_PROXY), 'http://any.invalid/').flatMap(({ client, choice }) =>
      choice.via === 'direct' ? [] : [client.id],
    ),
  );
  return ways(environment(proxy, noProxy), url).map(({ client: { id, title }, choice }) => {
    const told = { client: id, title };
    if (!aware.has(id)) return { ...told, via: 'unaware' };
    if (choice.via === 'direct') return { ...told, via: 'direct' };
    return { ...told, via: choice.via, detail: choice.via === 'error' ? choice.why : choiceText(choice) };
  });
}

const shown = ({ value, except }: Suggestion): SuggestedValue => ({ value, except: except.map(({ title }) => title) });
