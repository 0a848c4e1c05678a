import { join } from 'node:path';
import { percentDecodeBytes, splitUrl, splitUserinfo } from '../../../url/index.ts';
import type { RunnerConfig } from '../../subject.ts';
import type { JobPayload } from '../api/job-payload.ts';
import type { Handed } from '../http/handed.ts';
import type { JobSecrets } from '../policies/job-policies.ts';
import { quote } from './shell-quote.ts';

/** Names and values. */
export type Variables = ReadonlyMap<string, string>;

const CA_FILE = 'CI_SERVER_TLS_CA_FILE';
const CERT_FILE = 'CI_SERVER_TLS_CERT_FILE';
const KEY_FILE = 'CI_SERVER_TLS_KEY_FILE';
const PROXY_VARIABLE = /^(https?|all)_proxy$/i;

/** Replaces `$NAME` and `${NAME}` by the job's own variables, and `$$` by a dollar, as the runner does. */
export function expand(value: string, variables: Variables): string {
  return value.replace(/\$(?:(\$)|\{([^}]*)\}|([A-Za-z_]\w*))/g, (_, dollar, braced, plain) =>
    dollar ? '$' : (variables.get(braced ?? plain) ?? ''),
  );
}

/** `environment` of config.toml, taken apart at the first `=`. */
export function configured(environment: readonly string[] = []): Map<string, string> {
  return new Map(
    environment.map((each) => {
      const equals = each.indexOf('=');
      return equals < 0 ? [each, ''] : [each.slice(0, equals), each.slice(equals + 1)];
    }),
  );
}

/** What the scripts of a job are given. */
export interface JobVariables {
  /** By name; the value of one of type file is its path. */
  readonly values: Variables;
  /** The content of files that variables name, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** The names of those that are no secrets of the project: config.toml's, the runner's own and the job's public ones. */
  readonly open: ReadonlySet<string>;
}

/**
 * Config.toml's `environment` first, then the job's own variables, the later winning.
 * @param said what the runner itself says of the job
 * @param to.dir where variables of type file become files
 * @param to.handed what the job is handed for its own connections to GitLab
 */
export function jobVariables(
  config: RunnerConfig,
  job: JobPayload,
  said: Readonly<Record<string, string>>,
  { dir, handed }: { readonly dir: string; readonly handed: Handed },
): JobVariables {
  const all = new Map([...Object.entries(said), ...configured(config.environment)]);
  const open = new Set(all.keys());
  const raw = new Set<string>();
  const files = new Set<string>();
  for (const { key, value, raw: isRaw, file, public: isPublic } of job.variables ?? []) {
    all.set(key, value ?? '');
    if (isRaw) raw.add(key);
    if (file) files.add(key);
    if (isPublic) open.add(key);
  }
  const values = new Map([...all].map(([key, value]) => [key, raw.has(key) ? value : expand(value, all)]));
  const own = [
    [CA_FILE, handed.ca],
    [CERT_FILE, handed.client?.cert],
    [KEY_FILE, handed.client?.key],
  ] as const;
  for (const [name, content] of own) {
    if (content === undefined) continue;
    values.set(name, content);
    files.add(name);
    if (name !== KEY_FILE) open.add(name);
  }
  const contents = new Map<string, string>();
  for (const key of files) {
    const path = join(dir, key);
    contents.set(path, values.get(key) ?? '');
    values.set(key, path);
  }
  return { values, files: contents, open };
}

/** What a program that the job's stages start was handed for its connections to GitLab. */
export function handedTo({ values, files }: JobVariables): Handed {
  const contentOf = (name: string): string | undefined => files.get(values.get(name) ?? '');
  const [cert, key] = [contentOf(CERT_FILE), contentOf(KEY_FILE)];
  return {
    ca: contentOf(CA_FILE),
    client: cert !== undefined && key !== undefined ? { cert, key } : undefined,
  };
}

/** Shell lines that export variables. */
export const exports = (variables: Variables): string[] =>
  [...variables].filter(([key]) => /^\w+$/.test(key)).map(([key, value]) => `export ${key}=${quote(value)}`);

function passwordOf(url: string): string[] {
  const { password } = splitUserinfo(splitUrl(url).userinfo ?? '');
  return [password, percentDecodeBytes(password).toString()].filter((each) => each !== '');
}

/** Everything about a job that its trace must not show. */
export function secretsOf(config: RunnerConfig, job: JobPayload, { values }: JobVariables): JobSecrets {
  const environment = [...Object.entries(config.env), ...values];
  const masked = (job.variables ?? []).filter((each) => each.masked).map((each) => each.value ?? '');
  return {
    jobToken: job.token,
    proxyPasswords: environment.filter(([key]) => PROXY_VARIABLE.test(key)).flatMap(([, value]) => passwordOf(value)),
    others: [config.token, ...masked, ...(job.git_info ? passwordOf(job.git_info.repo_url) : [])],
  };
}
