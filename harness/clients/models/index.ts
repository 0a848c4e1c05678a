import type { Client } from '../client.ts';
import { curl, phpCurl } from './curl.ts';
import { docker, dockerd } from './docker.ts';
import { git } from './git.ts';
import { go } from './go.ts';
import { nodeFetch, nodeHttp } from './node.ts';
import { pythonRequests, pythonUrllib } from './python.ts';
import { ruby } from './ruby.ts';
import { javaClients, phpStreams } from './unaware.ts';
import { wget } from './wget.ts';

/** A model of every client, in the order of the table. */
export const clients: readonly Client[] = [
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
  ...javaClients,
];
