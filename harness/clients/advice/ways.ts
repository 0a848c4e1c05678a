import type { Choice } from '../choice.ts';
import type { Env } from '../client.ts';
import { type Client, clients } from '../models/index.ts';
import { isOfDocker } from '../table.ts';
import { parseTarget } from '../target.ts';
import { chooserOf } from '../versions.ts';

/** What one client does with a URL. */
export interface Way {
  readonly client: Client;
  readonly choice: Choice;
}

/** An environment with a proxy for everybody who takes one, and NO_PROXY in both spellings where it is given. */
export function environment(proxy: string, noProxy?: string): Env {
  return {
    http_proxy: proxy,
    https_proxy: proxy,
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    NODE_USE_ENV_PROXY: '1',
    ...(noProxy === undefined ? {} : { NO_PROXY: noProxy, no_proxy: noProxy }),
  };
}

/**
 * What every client does with a URL.
 * @param docker the version of Docker; the newest that was measured where none is given
 * @throws RangeError when the URL is none
 */
export function ways(env: Env, url: string, docker?: string): readonly Way[] {
  const target = parseTarget(url);
  return clients.map((client) => {
    const version = isOfDocker(client.id) ? docker : undefined;
    return { client, choice: chooserOf(client, version)(env, target) };
  });
}

/** Clients that go through the proxy to a URL in spite of NO_PROXY. */
export const proxied = (env: Env, url: string): readonly Client[] =>
  ways(env, url).flatMap(({ client, choice }) => (choice.via === 'proxy' ? [client] : []));

/** Any proxy that every client understands: which one it is makes no difference to NO_PROXY. */
export const ANY_PROXY = 'http://172.17.0.1:3128';
