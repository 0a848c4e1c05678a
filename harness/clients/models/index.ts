import type { ClientModel } from '../client.ts';
import { curl } from './curl.ts';
import { docker, dockerd } from './docker.ts';
import { git } from './git.ts';
import { go } from './go.ts';
import { javaHttpClient, javaHttpClientSystem, javaUrlConnection, javaUrlConnectionSystem } from './java.ts';
import { nodeFetch, nodeHttp } from './node.ts';
import { phpCurl, phpStreams } from './php.ts';
import { pythonRequests, pythonUrllib } from './python.ts';
import { ruby } from './ruby.ts';
import { wget } from './wget.ts';

const models = [
  curl,
  wget,
  git,
  docker,
  dockerd,
  go,
  pythonUrllib,
  pythonRequests,
  ruby,
  nodeFetch,
  nodeHttp,
  phpCurl,
  phpStreams,
  javaHttpClient,
  javaUrlConnection,
  javaHttpClientSystem,
  javaUrlConnectionSystem,
] as const;

/** Every client of the table. */
export type ClientId = (typeof models)[number]['id'];

export type Client = ClientModel<ClientId>;

/** A model of every client, in the order of the table. */
export const clients: readonly Client[] = models;

export const CLIENT_IDS: readonly ClientId[] = clients.map(({ id }) => id);

/** @throws Error when there is none of that name */
export function clientOf(id: ClientId): Client {
  const client = clients.find((each) => each.id === id);
  if (!client) throw new Error(`There is no model of ${id}.`);
  return client;
}
