import { z } from 'zod';
import { requestKindSchema } from '../ledger/index.ts';
import { oneOf, type Shape } from '../schema/index.ts';
import { CLIENT_CERTIFICATE_ASKED } from './client-certificates.ts';
import type { Answer, BodyShape, DateFormat, PlanStep } from './plan.ts';
import { TOO_KIND } from './registry/too-kind.ts';
import { type GitlabSpec, type JobServiceSpec, type JobSpec, REDIRECT_STATUSES, type RepositorySpec } from './spec.ts';
import { WRONG_CERTIFICATES } from './wrong-certificate.ts';

const text = z.string();
const maybeText = text.exactOptional();
const texts = z.array(text).readonly();
const maybeTexts = texts.exactOptional();
const flag = z.boolean().exactOptional();
const count = z.int().min(0);
const maybeCount = count.exactOptional();
const maybeMs = z.number().min(0).exactOptional();
const textsByName = z.record(text, text);

const service = z.strictObject({
  name: text,
  alias: maybeText,
  command: maybeTexts,
  entrypoint: maybeTexts,
} satisfies Shape<JobServiceSpec>);

export const jobSchema = z.strictObject({
  script: maybeTexts,
  repository: maybeText,
  variables: textsByName.exactOptional(),
  maskedVariables: textsByName.exactOptional(),
  image: maybeText,
  services: z.array(service).readonly().exactOptional(),
  beforeScript: maybeTexts,
  afterScript: maybeTexts,
  cache: z.strictObject({ key: text, paths: texts }).exactOptional(),
  artifacts: maybeTexts,
  registryLogin: flag,
  downloads: z.union([z.boolean(), z.strictObject({ bytes: z.int().positive() })]).exactOptional(),
  depth: maybeCount,
  submodules: z.enum(['none', 'normal', 'recursive']).exactOptional(),
  allowGitFetch: flag,
  timeoutSeconds: z.number().positive().exactOptional(),
} satisfies Shape<JobSpec>);

const repository = z.strictObject({
  path: text,
  files: textsByName.exactOptional(),
  bytes: maybeCount,
  commits: maybeCount,
  submodules: z
    .record(text, z.strictObject({ repository: text, url: z.enum(['relative', 'absolute']) }))
    .exactOptional(),
  lfs: textsByName.exactOptional(),
} satisfies Shape<RepositorySpec>);

const dateFormat = oneOf<DateFormat>({
  rfc1123: true,
  'rfc1123-utc': true,
  'numeric-zone': true,
  rfc850: true,
  asctime: true,
  iso8601: true,
  epoch: true,
  padded: true,
});

const resetTime = z.union([
  z.strictObject({ inSeconds: z.number(), format: dateFormat.exactOptional() }),
  z.strictObject({ literal: text }),
]);

const answer = z.strictObject({
  status: z.int().min(100).max(599),
  reason: maybeText,
  resetTime: resetTime.exactOptional(),
  resetTimeHeader: maybeText,
  resetTimeCopies: maybeCount,
  resetTimeLast: flag,
  rateLimitReset: z.strictObject({ inSeconds: z.number() }).exactOptional(),
  retryAfter: z.union([z.number(), text]).exactOptional(),
  headers: z
    .array(z.tuple([text, text]).readonly())
    .readonly()
    .exactOptional(),
  body: oneOf<BodyShape>({ empty: true, json: true, text: true }).exactOptional(),
  connection: z.enum(['keep-alive', 'close']).exactOptional(),
  delayMs: maybeMs,
} satisfies Shape<Answer>);

const planned = z.union([
  answer,
  z.strictObject({ reset: z.enum(['before-answer', 'mid-body', 'after-taking']) }),
  z.strictObject({ hang: z.literal(true) }),
]);

/** The schema of a plan: unknown keys are refused, for they would be ignored. */
export const planSchema = z.array(
  z.strictObject({
    on: z.union([requestKindSchema, z.array(requestKindSchema).readonly()]),
    times: z.union([count, z.literal('ever')]),
    after: maybeCount,
    give: planned,
  } satisfies Shape<PlanStep>),
);

/** The schema of a mock GitLab's declaration. */
export const gitlabSchema = z.strictObject({
  tls: flag,
  plan: planSchema.readonly().exactOptional(),
  jobs: z.array(jobSchema).readonly().exactOptional(),
  repositories: z.array(repository).readonly().exactOptional(),
  longPollMs: maybeMs,
  traceUpdateInterval: z.number().positive().exactOptional(),
  clockAheadSeconds: z.number().exactOptional(),
  directDownload: flag,
  directDownloadStatus: z.literal(REDIRECT_STATUSES).exactOptional(),
  defaultPort: flag,
  storageMoves: flag,
  storageTls: flag,
  lfsAtStorage: flag,
  cache: z.strictObject({ bucket: text }).exactOptional(),
  registryTokens: z.enum(TOO_KIND).exactOptional(),
  clientCertificate: z.enum(CLIENT_CERTIFICATE_ASKED).exactOptional(),
  wrongCertificate: z.enum(WRONG_CERTIFICATES).exactOptional(),
} satisfies Shape<GitlabSpec>);
