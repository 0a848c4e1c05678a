import { z } from 'zod';
import type { RunnerConfig } from '../subject.ts';

const path = z.string().describe('An absolute path.');
const texts = z.array(z.string());
const variables = texts.describe('NAME=value each.');

const docker = z
  .object({
    host: z.string().describe('The engine, as unix:///path.'),
    image: z.string(),
    helperImage: z.string(),
    privileged: z.boolean().exactOptional(),
    pullPolicy: z.enum(['always', 'if-not-present', 'never']).exactOptional(),
    services: z
      .array(
        z.object({
          name: z.string(),
          alias: z.string().exactOptional(),
          command: texts.exactOptional(),
          entrypoint: texts.exactOptional(),
          environment: variables.exactOptional(),
        }),
      )
      .exactOptional()
      .describe('Service containers of every job.'),
    extraHosts: texts.exactOptional().describe('name:address each.'),
    volumes: texts.exactOptional().describe('source:target[:ro] each, or a path for an anonymous volume.'),
    networkPerBuild: z.boolean().exactOptional(),
    waitForServicesSeconds: z.number().exactOptional(),
  })
  .describe('Jobs run in containers; in a shell without it.');

const cache = z
  .object({
    serverAddress: z.string().describe('Host and port.'),
    insecure: z.boolean(),
    bucket: z.string(),
    accessKey: z.string(),
    secretKey: z.string(),
  })
  .describe('An S3 for caches.');

/** The file that a driver is given; later versions may add keys, and a driver passes over those that it does not know. */
export const configuration = z.object({
  contract: z.literal(1),
  verb: z.enum(['run', 'run-single', 'register', 'verify', 'unregister']),
  dir: path.describe('A directory of this process alone, as an absolute path. The file is in it.'),
  url: z.string().describe('GitLab.'),
  token: z.string().describe("The runner's."),
  registrationToken: z.string().exactOptional().describe('For register.'),
  env: z.record(z.string(), z.string()).describe("The environment of the runner's process: it is set anyway."),
  checkInterval: z.number().describe('Seconds between polls.'),
  concurrent: z.int().min(1).exactOptional().describe('How many jobs at once; 1 without it.'),
  caFile: path.exactOptional().describe("A file with the CA that signed GitLab's certificate, as an absolute path."),
  certsDir: path.exactOptional().describe('What stands for /etc/gitlab-runner/certs, as an absolute path.'),
  clientCertificate: z
    .object({ certFile: path, keyFile: path })
    .exactOptional()
    .describe('Who the runner is to GitLab.'),
  getSourcesHook: z.string().exactOptional().describe('A shell script.'),
  preBuildScript: z.string().exactOptional().describe('A shell script.'),
  environment: variables.exactOptional(),
  docker: docker.exactOptional(),
  cache: cache.exactOptional(),
});

// What the harness hands on has its place in it: a key of one alone does not compile.
type Named = Exclude<keyof RunnerConfig, 'caPem'> | 'contract' | 'verb' | 'dir' | 'registrationToken';
const _keys: Record<Named, unknown> & Record<Exclude<keyof typeof configuration.shape, Named>, never> =
  configuration.shape;
void _keys;
