import { z } from 'zod';

const variable = z.object({
  key: z.string(),
  value: z.string().nullish(),
  file: z.boolean().nullish(),
  masked: z.boolean().nullish(),
  raw: z.boolean().nullish(),
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

/** The part of a job's document (POST /jobs/request) that the reference runner uses. */
export const jobPayload = z.object({
  id: z.number(),
  token: z.string(),
  allow_git_fetch: z.boolean().nullish(),
  git_info: gitInfo.nullish(),
  runner_info: z.object({ timeout: z.number().nullish() }).nullish(),
  variables: z.array(variable).nullish(),
  steps: z.array(step).nullish(),
  artifacts: z.array(artifact).nullish(),
  dependencies: z.array(dependency).nullish(),
});

export type JobPayload = z.infer<typeof jobPayload>;
export type JobArtifact = z.infer<typeof artifact>;
export type JobDependency = z.infer<typeof dependency>;
