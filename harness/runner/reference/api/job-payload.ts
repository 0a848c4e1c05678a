import { z } from 'zod';

const variable = z.object({
  key: z.string(),
  value: z.string().nullish(),
  file: z.boolean().nullish(),
  masked: z.boolean().nullish(),
  raw: z.boolean().nullish(),
  public: z.boolean().nullish(),
});

const artifact = z.object({
  name: z.string().nullish(),
  paths: z.array(z.string()).nullish(),
  when: z.string().nullish(),
  artifact_type: z.string().nullish(),
  artifact_format: z.string().nullish(),
  expire_in: z.string().nullish(),
});

const step = z.object({
  name: z.string(),
  script: z.array(z.string()).nullish(),
  when: z.string().nullish(),
  allow_failure: z.boolean().nullish(),
});

const dependency = z.object({
  id: z.number(),
  token: z.string(),
  name: z.string().nullish(),
  artifacts_file: z.object({ filename: z.string().nullish() }).nullish(),
});

const gitInfo = z.object({
  repo_url: z.string(),
  ref: z.string(),
  sha: z.string(),
  refspecs: z.array(z.string()).nullish(),
  depth: z.number().nullish(),
});

const image = z.object({ name: z.string().nullish(), entrypoint: z.array(z.string()).nullish() });

const service = z.object({
  name: z.string(),
  alias: z.string().nullish(),
  command: z.array(z.string()).nullish(),
  entrypoint: z.array(z.string()).nullish(),
});

const cache = z.object({
  key: z.string().nullish(),
  paths: z.array(z.string()).nullish(),
  policy: z.string().nullish(),
  when: z.string().nullish(),
});

const credentials = z.object({
  type: z.string(),
  url: z.string(),
  username: z.string().nullish(),
  password: z.string().nullish(),
});

/** The part of a job's document (POST /jobs/request) that the reference runner uses. */
export const jobPayload = z.object({
  id: z.number(),
  token: z.string(),
  allow_git_fetch: z.boolean().nullish(),
  job_info: z.object({ project_id: z.number().nullish(), name: z.string().nullish() }).nullish(),
  git_info: gitInfo.nullish(),
  runner_info: z.object({ timeout: z.number().nullish() }).nullish(),
  variables: z.array(variable).nullish(),
  steps: z.array(step).nullish(),
  artifacts: z.array(artifact).nullish(),
  dependencies: z.array(dependency).nullish(),
  cache: z.array(cache).nullish(),
  image: image.nullish(),
  services: z.array(service).nullish(),
  credentials: z.array(credentials).nullish(),
});

export type JobPayload = z.infer<typeof jobPayload>;
export type JobArtifact = z.infer<typeof artifact>;
export type JobDependency = z.infer<typeof dependency>;
export type JobCache = z.infer<typeof cache>;
export type JobService = z.infer<typeof service>;
export type RegistryCredentials = z.infer<typeof credentials>;
